// Synthetic, inert fixture written from public reports; see README
//! Steps of an asset pipeline.

/// The names of the steps.
pub const STEPS: &str = include_str!("../steps.cfg");

inert_fixture_does_not_build!();
