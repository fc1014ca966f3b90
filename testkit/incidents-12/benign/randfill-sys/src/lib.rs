// Synthetic, inert fixture written from public reports; see README
//! Random bytes of the system.

use std::ffi::c_int;
use std::io;

extern "C" {
    fn randfill(buf: *mut u8, len: usize) -> c_int;
    fn randfill_source() -> c_int;
}

/// Where the bytes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    GetRandom,
    GetEntropy,
    Arc4Random,
    Device,
}

/// The source that was found when this was compiled.
pub fn source() -> Source {
    // SAFETY: gives a number.
    match unsafe { randfill_source() } {
        1 => Source::GetRandom,
        2 => Source::GetEntropy,
        3 => Source::Arc4Random,
        _ => Source::Device,
    }
}

/// Fills a buffer, or fails; there is no weaker way.
pub fn fill(buf: &mut [u8]) -> io::Result<()> {
    // SAFETY: the length belongs to the buffer.
    if unsafe { randfill(buf.as_mut_ptr(), buf.len()) } == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Random bytes as hexadecimal text.
pub fn token(len: usize) -> io::Result<String> {
    let mut b = vec![0; len];
    fill(&mut b)?;
    Ok(b.iter().map(|b| format!("{b:02x}")).collect())
}

inert_fixture_does_not_build!();
