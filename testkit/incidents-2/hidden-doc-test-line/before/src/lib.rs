// Synthetic, inert fixture written from public reports; see README
//! Slugs of titles.

/// The slug of a title.
///
/// ```
/// assert_eq!(slug_text::slug("A b"), "a-b");
/// ```
pub fn slug(title: &str) -> String {
    title.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

inert_fixture_does_not_build!();
