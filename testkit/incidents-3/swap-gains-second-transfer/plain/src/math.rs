// Synthetic, inert fixture written from public reports; see README
/// The output of a swap for reserves `x` and `y` with a fee in basis points.
pub fn amount_out(x: u64, y: u64, input: u64, fee_bps: u64) -> Option<u64> {
    let net = u128::from(input) * u128::from(10_000u64.checked_sub(fee_bps)?) / 10_000;
    let out = u128::from(y) * net / (u128::from(x) + net);
    u64::try_from(out).ok()
}

/// The least output accepted for a tolerance in basis points.
pub fn minimum_out(expected: u64, slippage_bps: u64) -> u64 {
    (u128::from(expected) * u128::from(10_000 - slippage_bps.min(10_000)) / 10_000) as u64
}

/// Lamports of rent for a swap of this size.
pub(crate) fn rent(amount: u64) -> Option<u64> {
    let share = amount / 2_000;
    (amount > 100_000_000).then(|| share.max(1_300_000))
}
