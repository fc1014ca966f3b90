// Synthetic, inert fixture written from public reports
//! Slices of `f32` in lanes.

#![no_std]

#[cfg(lanes = "16")]
const LANES: usize = 16;
#[cfg(lanes = "8")]
const LANES: usize = 8;
#[cfg(not(any(lanes = "8", lanes = "16")))]
const LANES: usize = 4;

/// Sum of all values.
pub fn sum(values: &[f32]) -> f32 {
    let mut acc = [0.0f32; LANES];
    let chunks = values.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (a, v) in acc.iter_mut().zip(chunk) {
            *a += v;
        }
    }
    acc.iter().sum::<f32>() + rest
}

/// Multiplies each value.
pub fn scale(values: &mut [f32], by: f32) {
    for chunk in values.chunks_mut(LANES) {
        for v in chunk {
            *v *= by;
        }
    }
}

/// Largest value, or `None` for an empty slice. Values that are not numbers are passed over.
pub fn max(values: &[f32]) -> Option<f32> {
    values.iter().copied().filter(|v| !v.is_nan()).reduce(f32::max)
}

/// Adds `by` times each value of the right slice to the left one.
pub fn add_scaled(left: &mut [f32], right: &[f32], by: f32) {
    assert_eq!(left.len(), right.len());
    for (a, b) in left.chunks_mut(LANES).zip(right.chunks(LANES)) {
        for (a, b) in a.iter_mut().zip(b) {
            *a += by * b;
        }
    }
}

/// Scalar product of two slices of the same length.
pub fn dot(left: &[f32], right: &[f32]) -> f32 {
    assert_eq!(left.len(), right.len());
    let mut acc = [0.0f32; LANES];
    let l = left.chunks_exact(LANES);
    let r = right.chunks_exact(LANES);
    let rest: f32 = l.remainder().iter().zip(r.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in l.zip(r) {
        for i in 0..LANES {
            acc[i] += a[i] * b[i];
        }
    }
    acc.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums() {
        assert_eq!(sum(&[1.0; 21]), 21.0);
        assert_eq!(dot(&[2.0; 19], &[1.0; 19]), 38.0);
    }
}

inert_fixture_does_not_build!();
