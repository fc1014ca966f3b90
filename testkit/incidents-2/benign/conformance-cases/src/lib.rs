// Synthetic, inert fixture written from public reports; see README
//! Runs conformance cases.

/// Folds spaces.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod cases {
    include!(concat!(env!("OUT_DIR"), "/cases.rs"));
}

inert_fixture_does_not_build!();
