// Synthetic, inert fixture written from public reports; see README
//! Raw bindings to zlite.
#![no_std]
#![allow(non_camel_case_types)]

use core::ffi::{c_int, c_uint, c_ulong};

pub const Z_OK: c_int = 0;
pub const Z_BUF_ERROR: c_int = -5;

#[repr(C)]
pub struct z_stream {
    pub next_in: *const u8,
    pub avail_in: c_uint,
    pub total_in: c_ulong,
    pub next_out: *mut u8,
    pub avail_out: c_uint,
    pub total_out: c_ulong,
}

extern "C" {
    pub fn zlite_inflate(strm: *mut z_stream, flush: c_int) -> c_int;
    pub fn zlite_deflate(strm: *mut z_stream, flush: c_int) -> c_int;
    pub fn zlite_adler32(adler: c_ulong, buf: *const u8, len: c_uint) -> c_ulong;
}

inert_fixture_does_not_build!();
