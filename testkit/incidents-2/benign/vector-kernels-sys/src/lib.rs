// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Vector kernels.
use core::ffi::c_float;

extern "C" {
    fn vk_dot(a: *const c_float, b: *const c_float, n: usize) -> c_float;
}

/// The dot product of `a` and `b`, of the shorter length.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let n = a.len().min(b.len());
    // SAFETY: both slices hold at least n numbers.
    unsafe { vk_dot(a.as_ptr(), b.as_ptr(), n) }
}

inert_fixture_does_not_build!();
