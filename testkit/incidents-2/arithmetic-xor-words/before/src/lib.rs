// Synthetic, inert fixture written from public reports; see README
//! Tags for metrics.

/// `name` with `tag`.
pub fn tagged(name: &str, tag: &str) -> String {
    format!("{name}{{tag=\"{tag}\"}}")
}

inert_fixture_does_not_build!();
