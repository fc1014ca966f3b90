// Synthetic, inert fixture written from public reports; see README
//! Badges for documentation pages.

/// The logo.
pub static LOGO: &[u8] = include_bytes!("../docs/logo.png");

/// A badge in SVG.
pub fn badge(label: &str, value: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='120' height='20'><text>{label}: {value}</text></svg>")
}

inert_fixture_does_not_build!();
