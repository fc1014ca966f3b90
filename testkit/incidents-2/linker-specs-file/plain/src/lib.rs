// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Flags for stack probes.

/// Size of a probe.
pub const PROBE: usize = 4096;

inert_fixture_does_not_build!();
