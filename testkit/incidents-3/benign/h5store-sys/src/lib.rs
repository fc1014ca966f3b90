// Synthetic, inert fixture written from public reports; see README
//! Raw bindings.
#![allow(non_camel_case_types)]
use std::os::raw::{c_char, c_int, c_long, c_void};

pub enum h5_file {}

extern "C" {
    pub fn h5_open(path: *const c_char, flags: c_int) -> *mut h5_file;
    pub fn h5_read(file: *mut h5_file, out: *mut c_void, size: c_long) -> c_long;
    pub fn h5_close(file: *mut h5_file);
}

inert_fixture_does_not_build!();
