// Synthetic, inert fixture written from public reports; see README
//! Small helpers.

/// Clamps to a range.
pub fn clamp(v: i64, lo: i64, hi: i64) -> i64 {
    v.max(lo).min(hi)
}

/// Integer mean, rounded down.
pub fn mean(values: &[i64]) -> Option<i64> {
    (!values.is_empty()).then(|| values.iter().sum::<i64>() / values.len() as i64)
}

inert_fixture_does_not_build!();
