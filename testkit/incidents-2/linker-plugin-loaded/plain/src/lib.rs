// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Notes for link-time optimisation.

/// The kind of note.
pub const NOTE: u32 = 7;

inert_fixture_does_not_build!();
