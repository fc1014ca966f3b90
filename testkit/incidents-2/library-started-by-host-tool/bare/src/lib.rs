// Synthetic, inert fixture written from public reports; see README
//! Shared style rules.

/// The rules, one a line.
pub const RULES: &str = include_str!("../rules.txt");

inert_fixture_does_not_build!();
