// Synthetic, inert fixture written from public reports; see README
//! Checks changelogs.

/// Whether `text` has an entry for `version`.
pub fn has_entry(text: &str, version: &str) -> bool {
    text.lines().any(|l| l.starts_with("## ") && l.contains(version))
}

inert_fixture_does_not_build!();
