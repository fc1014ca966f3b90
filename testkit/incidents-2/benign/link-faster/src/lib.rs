// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Link arguments of a program.

/// Whether the program finds its libraries beside it.
pub const BESIDE: bool = cfg!(target_os = "linux");

inert_fixture_does_not_build!();
