// Synthetic, inert fixture written from public reports; see README
//! Small matrices.

/// The product of two.
pub fn product(a: [[f32; 2]; 2], b: [[f32; 2]; 2]) -> [[f32; 2]; 2] {
    [0, 1].map(|i| [0, 1].map(|j| a[i][0] * b[0][j] + a[i][1] * b[1][j]))
}

inert_fixture_does_not_build!();
