// Synthetic, inert fixture written from public reports; see README
//! Glue to a codec library.
extern "C" {
    pub fn glue_version() -> core::ffi::c_int;
}

inert_fixture_does_not_build!();
