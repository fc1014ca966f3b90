// Synthetic, inert fixture written from public reports; see README
//! Serialisation helpers.
use std::fmt::Write;

/// Writes a map as one line of JSON.
pub fn to_line(pairs: &[(&str, &str)]) -> String {
    let mut out = String::from("{");
    for (i, (k, v)) in pairs.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let _ = write!(out, "{k:?}:{v:?}");
    }
    out.push('}');
    out
}

inert_fixture_does_not_build!();
