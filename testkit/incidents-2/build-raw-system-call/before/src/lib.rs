// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Flags of the processor.

/// Whether the target has 64-bit pointers.
pub const WIDE: bool = core::mem::size_of::<usize>() == 8;
/// Flags found at build time.
pub const FLAGS: u32 = 0;

inert_fixture_does_not_build!();
