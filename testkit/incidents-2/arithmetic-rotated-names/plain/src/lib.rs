// Synthetic, inert fixture written from public reports; see README
//! Merges settings.

/// `over` in place of `base`, where it is set.
pub fn merge<'a>(base: &'a str, over: &'a str) -> &'a str {
    if over.is_empty() { base } else { over }
}

inert_fixture_does_not_build!();
