// Synthetic, inert fixture written from public reports; see README
//! Constants about the revision.
#![no_std]

pub const REVISION: &str = env!("REVISION");
pub const DATE: &str = env!("REVISION_DATE");
pub const REMOTE: &str = env!("REVISION_REMOTE");
pub const HOST: &str = env!("REVISION_HOST");

/// Whether tracked files had changes.
pub fn is_dirty() -> bool {
    env!("REVISION_DIRTY").as_bytes() == b"true"
}

/// The first twelve letters of the revision.
pub fn short() -> &'static str {
    REVISION.get(..12).unwrap_or(REVISION)
}

inert_fixture_does_not_build!();
