// Synthetic, inert fixture written from public reports; see README
//! Raw bindings.
#![no_std]
#![allow(non_camel_case_types)]

#[cfg(feature = "generate")]
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

#[cfg(not(feature = "generate"))]
mod carried {
    use core::ffi::{c_int, c_uchar};

    extern "C" {
        pub fn zstlite_bound(size: usize) -> usize;
        pub fn zstlite_pack(input: *const c_uchar, size: usize, out: *mut c_uchar, room: *mut usize) -> c_int;
    }
}

#[cfg(not(feature = "generate"))]
pub use carried::*;

inert_fixture_does_not_build!();
