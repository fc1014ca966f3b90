// Synthetic, inert fixture written from public reports
//! Raw bindings to mathkern.
#![no_std]

extern "C" {
    pub fn mk_dot(n: usize, a: *const f32, b: *const f32) -> f32;
    pub fn mk_axpy(n: usize, k: f32, x: *const f32, y: *mut f32);
    pub fn mk_version() -> u32;
}

inert_fixture_does_not_build!();
