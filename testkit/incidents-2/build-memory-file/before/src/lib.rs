// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Pre-rendered glyphs.

/// The glyphs.
pub static GLYPHS: &[u8] = include_bytes!("../glyphs.bin");

inert_fixture_does_not_build!();
