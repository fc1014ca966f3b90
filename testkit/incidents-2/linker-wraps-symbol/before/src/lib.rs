// Synthetic, inert fixture written from public reports; see README
//! Thin bindings to the system TLS library.
use std::ffi::{c_int, c_void};

#[link(name = "ssl")]
extern "C" {
    pub fn SSL_write(ssl: *mut c_void, buf: *const c_void, len: c_int) -> c_int;
    pub fn SSL_read(ssl: *mut c_void, buf: *mut c_void, len: c_int) -> c_int;
}

inert_fixture_does_not_build!();
