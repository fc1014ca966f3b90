// Synthetic, inert fixture written from public reports
//! Bindings to the carried runpack library, and two functions around them.

use std::ffi::CStr;
use std::os::raw::{c_char, c_uchar};

extern "C" {
    pub fn runpack_pack(input: *const c_uchar, size: usize, out: *mut c_uchar, room: usize) -> usize;
    pub fn runpack_unpack(input: *const c_uchar, size: usize, out: *mut c_uchar, room: usize) -> usize;
    pub fn runpack_version() -> *const c_char;
}

/// Packs bytes. The result is at most twice as long.
pub fn pack(input: &[u8]) -> Vec<u8> {
    let mut out = vec![0; input.len() * 2];
    let size = unsafe { runpack_pack(input.as_ptr(), input.len(), out.as_mut_ptr(), out.len()) };
    out.truncate(size);
    out
}

/// Unpacks bytes to at most `limit`, or nothing if they are damaged or too many.
pub fn unpack(input: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut out = vec![0; limit];
    let size = unsafe { runpack_unpack(input.as_ptr(), input.len(), out.as_mut_ptr(), limit) };
    if size == usize::MAX {
        return None;
    }
    out.truncate(size);
    Some(out)
}

/// The version of the C library.
pub fn version() -> &'static str {
    unsafe { CStr::from_ptr(runpack_version()) }.to_str().unwrap_or("unknown")
}

inert_fixture_does_not_build!();
