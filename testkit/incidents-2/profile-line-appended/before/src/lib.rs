// Synthetic, inert fixture written from public reports; see README
//! Width of the terminal.

/// Columns of the terminal, from the environment, or 80.
pub fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(80)
}

inert_fixture_does_not_build!();
