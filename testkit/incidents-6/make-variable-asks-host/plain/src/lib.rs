// Synthetic, inert fixture written from public reports
//! Checksums by the C library `crcfold`.

use std::ffi::CStr;
use std::os::raw::c_char;

extern "C" {
    fn crcfold_update(crc: u32, data: *const u8, length: usize) -> u32;
    fn crcfold_version() -> *const c_char;
}

/// Carries a checksum on over more bytes; begin with zero.
pub fn update(crc: u32, data: &[u8]) -> u32 {
    unsafe { crcfold_update(crc, data.as_ptr(), data.len()) }
}

/// The checksum of some bytes.
pub fn checksum(data: &[u8]) -> u32 {
    update(0, data)
}

/// Version of the C library.
pub fn version() -> &'static str {
    unsafe { CStr::from_ptr(crcfold_version()) }.to_str().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_value() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(update(checksum(b"1234"), b"56789"), 0xcbf4_3926);
    }

    #[test]
    fn has_version() {
        assert_eq!(version(), "1.4");
    }
}

inert_fixture_does_not_build!();
