// Synthetic, inert fixture written from public reports; see README
//! Ticker symbols.

/// Whether `s` is a symbol.
pub fn is_symbol(s: &str) -> bool {
    (1..=5).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase())
}

inert_fixture_does_not_build!();
