// Synthetic, inert fixture written from public reports; see README
//! Bindings to oldlib.
use std::ffi::c_int;

extern "C" {
    pub fn oldlib_version() -> c_int;
}

inert_fixture_does_not_build!();
