// Synthetic, inert fixture written from public reports; see README
//! Checks formatting in tests.

/// Whether every line of `text` ends without blanks.
pub fn trimmed(text: &str) -> bool {
    text.lines().all(|l| l.trim_end() == l)
}

inert_fixture_does_not_build!();
