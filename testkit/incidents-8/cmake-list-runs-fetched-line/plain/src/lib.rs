// Synthetic, inert fixture written from public reports
//! Bindings to the carried check sum library.

extern "C" {
    fn tinycrc_update(crc: u32, data: *const u8, length: usize) -> u32;
}

/// Goes on with a check sum; begin with 0.
pub fn update(crc: u32, data: &[u8]) -> u32 {
    // The slice is valid for its length, and the function only reads it.
    unsafe { tinycrc_update(crc, data.as_ptr(), data.len()) }
}

inert_fixture_does_not_build!();
