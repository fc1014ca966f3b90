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

/// The largest absolute sample.
pub fn peak(data: &[u8]) -> Option<i64> {
    header(data)?;
    Some(unsafe { wavpick_peak(data.as_ptr(), data.len()) } as i64)
}

inert_fixture_does_not_build!();
