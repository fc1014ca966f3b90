// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Blinks a light.

/// Turns bit `n` of `port`.
pub fn toggle(port: u32, n: u32) -> u32 {
    port ^ (1 << n)
}

inert_fixture_does_not_build!();
