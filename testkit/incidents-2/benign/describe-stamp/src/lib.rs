// Synthetic, inert fixture written from public reports; see README
//! Commit and date of the build.

/// The commit, or "unknown".
pub const COMMIT: &str = env!("STAMP_COMMIT");
/// Seconds since 1970 of the build, by SOURCE_DATE_EPOCH when set.
pub const SECONDS: &str = env!("STAMP_SECONDS");

inert_fixture_does_not_build!();
