// Synthetic, inert fixture written from public reports; see README
#![doc = include_str!("../README.md")]

/// `n` in Roman digits, up to 39.
pub fn roman(n: usize) -> String {
    "X".repeat(n / 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][n % 10]
}

inert_fixture_does_not_build!();
