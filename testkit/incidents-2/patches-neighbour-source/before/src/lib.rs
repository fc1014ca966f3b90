// Synthetic, inert fixture written from public reports; see README
//! Small additions to a chain provider.

/// Wei in one gwei.
pub const GWEI: u128 = 1_000_000_000;

/// `wei` as a decimal number of gwei.
pub fn in_gwei(wei: u128) -> String {
    format!("{}.{:09}", wei / GWEI, wei % GWEI)
}

inert_fixture_does_not_build!();
