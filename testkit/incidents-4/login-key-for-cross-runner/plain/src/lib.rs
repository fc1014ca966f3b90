// Synthetic, inert fixture written from public reports
//! Constants of the selected board and timing helpers over them.
#![no_std]

include!(concat!(env!("OUT_DIR"), "/board.rs"));

/// Ticks of the core clock in so many microseconds, rounded up.
pub const fn ticks(micros: u32) -> u64 {
    let product = micros as u64 * CLOCK as u64;
    (product + 999_999) / 1_000_000
}

/// A divisor for a serial line, or `None` if it would be off by more than two per cent.
pub fn divisor(baud: u32) -> Option<u16> {
    if baud == 0 {
        return None;
    }
    let div = (CLOCK + 8 * baud) / (16 * baud);
    if div == 0 || div > u16::MAX as u32 {
        return None;
    }
    let real = CLOCK / (16 * div);
    let off = real.abs_diff(baud);
    (off * 50 <= baud).then_some(div as u16)
}

/// Bytes left for a heap behind a stack of that size.
pub const fn heap(stack: u32, statics: u32) -> u32 {
    RAM.saturating_sub(stack).saturating_sub(statics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_second_is_the_clock() {
        assert_eq!(ticks(1_000_000), CLOCK as u64);
    }

    #[test]
    fn no_divisor_for_zero() {
        assert!(divisor(0).is_none());
    }
}

inert_fixture_does_not_build!();
