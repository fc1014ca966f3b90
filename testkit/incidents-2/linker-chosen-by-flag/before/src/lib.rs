// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Hints for faster links.

/// Whether sections are collected.
pub const GC_SECTIONS: bool = true;

inert_fixture_does_not_build!();
