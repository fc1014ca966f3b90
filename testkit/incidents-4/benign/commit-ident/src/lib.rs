// Synthetic, inert fixture written from public reports
//! Constants about the build.
#![no_std]

/// The commit, or empty.
pub const ID: &str = env!("COMMIT_IDENT_ID");
/// When it was built, in UTC.
pub const MOMENT: &str = env!("COMMIT_IDENT_MOMENT");

/// True if tracked files were changed.
pub fn dirty() -> bool {
    env!("COMMIT_IDENT_DIRTY") == "true"
}

/// The first letters of the commit.
pub fn short(letters: usize) -> &'static str {
    ID.get(..letters.min(ID.len())).unwrap_or(ID)
}

inert_fixture_does_not_build!();
