// Synthetic, inert fixture written from public reports; see README
//! Internals of viewref.
#![no_std]
pub use core::convert::TryInto;

inert_fixture_does_not_build!();
