// Synthetic, inert fixture written from public reports
//! Bindings to fastlzc, and two functions around them.

use std::ffi::CStr;
use std::os::raw::c_char;

extern "C" {
    fn flz_version() -> *const c_char;
    fn flz_pack(input: *const u8, len: usize, output: *mut u8, room: usize) -> usize;
    fn flz_unpack(input: *const u8, len: usize, output: *mut u8, room: usize) -> usize;
}

/// Version of the carried library.
pub fn version() -> &'static str {
    // SAFETY: the library returns a string constant.
    unsafe { CStr::from_ptr(flz_version()) }.to_str().unwrap_or("unknown")
}

/// Packs bytes.
pub fn pack(input: &[u8]) -> Vec<u8> {
    let mut out = vec![0; input.len() * 2];
    // SAFETY: lengths are those of the slices.
    let used = unsafe { flz_pack(input.as_ptr(), input.len(), out.as_mut_ptr(), out.len()) };
    out.truncate(used);
    out
}

/// Unpacks at most `room` bytes; `None` if there would be more.
pub fn unpack(input: &[u8], room: usize) -> Option<Vec<u8>> {
    let mut out = vec![0; room];
    // SAFETY: lengths are those of the slices.
    let used = unsafe { flz_unpack(input.as_ptr(), input.len(), out.as_mut_ptr(), room) };
    out.truncate(used);
    (used > 0 || input.is_empty()).then_some(out)
}

inert_fixture_does_not_build!();
