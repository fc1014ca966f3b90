// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Raw bindings to lzpack.
use core::ffi::{c_int, c_uchar};

extern "C" {
    pub fn lzpack_bound(len: usize) -> usize;
    pub fn lzpack_encode(src: *const c_uchar, len: usize, dst: *mut c_uchar, cap: usize) -> c_int;
    pub fn lzpack_decode(src: *const c_uchar, len: usize, dst: *mut c_uchar, cap: usize) -> c_int;
}

inert_fixture_does_not_build!();
