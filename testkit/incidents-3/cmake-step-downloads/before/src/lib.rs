// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Raw bindings.

use core::ffi::{c_char, c_int};

extern "C" {
    pub fn fastlz4_version() -> c_int;
    pub fn fastlz4_bound(size: c_int) -> c_int;
    pub fn fastlz4_compress(src: *const c_char, dst: *mut c_char, size: c_int, capacity: c_int) -> c_int;
    pub fn fastlz4_decompress(src: *const c_char, dst: *mut c_char, size: c_int, capacity: c_int) -> c_int;
}

inert_fixture_does_not_build!();
