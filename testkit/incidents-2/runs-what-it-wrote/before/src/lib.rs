// Synthetic, inert fixture written from public reports; see README
//! Embeds schemas.

/// The schema.
pub const SCHEMA: &str = include_str!("../schema/base.json");

inert_fixture_does_not_build!();
