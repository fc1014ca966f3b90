// Synthetic, inert fixture written from public reports; see README
//! Shared lint levels.

/// The lints every crate of the workspace denies.
pub const DENY: &[&str] = &["unsafe_code", "missing_docs", "unused_must_use"];

inert_fixture_does_not_build!();
