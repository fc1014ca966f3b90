// Synthetic, inert fixture written from public reports; see README
//! Noise tables.

/// The table.
pub static NOISE: [u8; 512] = *include_bytes!("../noise.raw");

/// Noise at `x`.
pub fn at(x: usize) -> u8 {
    NOISE[x % 512]
}

inert_fixture_does_not_build!();
