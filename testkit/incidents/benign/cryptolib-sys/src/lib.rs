// Synthetic, inert fixture written from public reports; see README
//! Raw bindings to cryptolib.
#![allow(non_camel_case_types)]
use std::ffi::{c_char, c_int, c_uchar};

pub enum CL_CTX {}

extern "C" {
    pub fn CL_version() -> *const c_char;
    pub fn CL_ctx_new() -> *mut CL_CTX;
    pub fn CL_ctx_free(ctx: *mut CL_CTX);
    pub fn CL_private_key_from_pem(ctx: *mut CL_CTX, pem: *const c_char) -> c_int;
    pub fn CL_sign(ctx: *mut CL_CTX, data: *const c_uchar, len: usize, out: *mut c_uchar) -> c_int;
}

pub const CL_OK: c_int = 1;
pub const CL_MAX_SIGNATURE: usize = 512;

inert_fixture_does_not_build!();
