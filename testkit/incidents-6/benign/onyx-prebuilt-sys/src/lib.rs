// Synthetic, inert fixture written from public reports
//! Bindings to the onyx runtime.
#![allow(non_camel_case_types)]

use std::os::raw::{c_char, c_int};

#[repr(C)]
pub struct onyx_session {
    _private: [u8; 0],
}

extern "C" {
    pub fn onyx_open(path: *const c_char, out: *mut *mut onyx_session) -> c_int;
    pub fn onyx_run(
        session: *mut onyx_session,
        input: *const f32,
        input_length: usize,
        output: *mut f32,
        output_length: usize,
    ) -> c_int;
    pub fn onyx_close(session: *mut onyx_session);
    pub fn onyx_version() -> *const c_char;
}

/// Version of the runtime that the bindings were written for.
pub const VERSION: &str = "1.18.0";

inert_fixture_does_not_build!();
