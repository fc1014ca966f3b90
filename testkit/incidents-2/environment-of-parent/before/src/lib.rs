// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! Jobs of the build.

/// The number of jobs.
pub const JOBS: &str = env!("BUILD_JOBS");

inert_fixture_does_not_build!();
