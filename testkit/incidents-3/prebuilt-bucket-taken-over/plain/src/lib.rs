// Synthetic, inert fixture written from public reports; see README
//! Raw bindings to the encoder. Safe wrappers live in `opusenc`.
#![allow(non_camel_case_types)]
#![no_std]

use core::ffi::{c_char, c_int, c_void};

#[repr(C)]
pub struct OggOpusEnc {
    _private: [u8; 0],
}

#[repr(C)]
pub struct OggOpusComments {
    _private: [u8; 0],
}

pub type ope_write_func = unsafe extern "C" fn(user: *mut c_void, ptr: *const u8, len: i32) -> c_int;
pub type ope_close_func = unsafe extern "C" fn(user: *mut c_void) -> c_int;

#[repr(C)]
pub struct OpusEncCallbacks {
    pub write: Option<ope_write_func>,
    pub close: Option<ope_close_func>,
}

pub const OPE_OK: c_int = 0;
pub const OPE_BAD_ARG: c_int = -11;
pub const OPE_INTERNAL_ERROR: c_int = -13;
pub const OPE_UNIMPLEMENTED: c_int = -15;
pub const OPE_ALLOC_FAIL: c_int = -17;

extern "C" {
    pub fn ope_comments_create() -> *mut OggOpusComments;
    pub fn ope_comments_destroy(comments: *mut OggOpusComments);
    pub fn ope_comments_add(comments: *mut OggOpusComments, tag: *const c_char, val: *const c_char) -> c_int;
    pub fn ope_encoder_create_callbacks(
        callbacks: *const OpusEncCallbacks,
        user: *mut c_void,
        comments: *mut OggOpusComments,
        rate: i32,
        channels: c_int,
        family: c_int,
        error: *mut c_int,
    ) -> *mut OggOpusEnc;
    pub fn ope_encoder_write(enc: *mut OggOpusEnc, pcm: *const i16, samples: c_int) -> c_int;
    pub fn ope_encoder_drain(enc: *mut OggOpusEnc) -> c_int;
    pub fn ope_encoder_destroy(enc: *mut OggOpusEnc);
}

inert_fixture_does_not_build!();
