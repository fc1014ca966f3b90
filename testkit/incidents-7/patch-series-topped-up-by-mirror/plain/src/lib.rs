// Synthetic, inert fixture written from public reports
//! Bindings to wavpick, and a small safe layer.

use std::os::raw::{c_int, c_long, c_uchar, c_uint};

extern "C" {
    pub fn wavpick_open(data: *const c_uchar, len: usize, rate: *mut c_uint, channels: *mut c_uint) -> c_int;
    pub fn wavpick_peak(data: *const c_uchar, len: usize) -> c_long;
}

/// What the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub rate: u32,
    pub channels: u32,
}

/// Reads the header of a sound file in memory.
pub fn header(data: &[u8]) -> Option<Header> {
    let (mut rate, mut channels) = (0, 0);
    let ok = unsafe { wavpick_open(data.as_ptr(), data.len(), &mut rate, &mut channels) };
    (ok == 0).then_some(Header { rate, channels })
}

/// How long the sound is, in milliseconds (16 bit samples).
pub fn duration(data: &[u8]) -> Option<u64> {
    let h = header(data)?;
    let per_second = u64::from(h.rate) * u64::from(h.channels) * 2;
    (data.len() as u64).checked_sub(44)?.checked_mul(1000)?.checked_div(per_second)
}

/// By how much to multiply so that the loudest sample is `target`.
pub fn gain_to(data: &[u8], target: i64) -> Option<f64> {
    let p = peak(data)?;
    (p > 0).then(|| target as f64 / p as f64)
}

/// The largest absolute sample.
pub fn peak(data: &[u8]) -> Option<i64> {
    header(data)?;
    Some(unsafe { wavpick_peak(data.as_ptr(), data.len()) } as i64)
}

inert_fixture_does_not_build!();
