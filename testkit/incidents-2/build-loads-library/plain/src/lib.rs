// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Constants of shaders.

/// Bindings in the largest layout.
pub const MAX_BINDINGS: usize = 16;

inert_fixture_does_not_build!();
