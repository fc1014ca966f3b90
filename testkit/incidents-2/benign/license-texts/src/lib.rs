// Synthetic, inert fixture written from public reports; see README
//! The texts of common licenses.

/// Identifiers and texts.
pub static LICENSES: &[(&str, &str)] = &[
    ("MIT", include_str!("../texts/MIT.txt")),
    ("0BSD", include_str!("../texts/0BSD.txt")),
    ("Unlicense", include_str!("../texts/Unlicense.txt")),
];

/// The text of `id`, without a byte order mark.
pub fn text(id: &str) -> Option<&'static str> {
    LICENSES.iter().find(|(i, _)| *i == id).map(|(_, t)| t.trim_start_matches('\u{feff}'))
}

inert_fixture_does_not_build!();
