// Synthetic, inert fixture written from public reports
//! Packs small integers.

#![forbid(unsafe_code)]

/// Integers of a block.
pub const BLOCK: usize = 128;

/// Bits that the largest value needs.
pub fn width(values: &[u32]) -> u8 {
    (32 - values.iter().fold(0, |a, b| a | b).leading_zeros()) as u8
}

/// Packs a block; the first byte is the width.
pub fn pack(values: &[u32; BLOCK]) -> Vec<u8> {
    let bits = width(values);
    let mut out = Vec::with_capacity(1 + bits as usize * BLOCK / 8);
    out.push(bits);
    let (mut word, mut filled) = (0u64, 0u32);
    for &value in values {
        word |= (value as u64) << filled;
        filled += bits as u32;
        while filled >= 8 {
            out.push(word as u8);
            word >>= 8;
            filled -= 8;
        }
    }
    out
}

/// Unpacks a block, or `None` if bytes are missing.
pub fn unpack(bytes: &[u8]) -> Option<[u32; BLOCK]> {
    let (&bits, mut rest) = bytes.split_first()?;
    if bits > 32 || rest.len() < bits as usize * BLOCK / 8 {
        return None;
    }
    let mask = (1u64 << bits) - 1;
    let mut out = [0; BLOCK];
    let (mut word, mut filled) = (0u64, 0u32);
    for slot in &mut out {
        while filled < bits as u32 {
            word |= (rest[0] as u64) << filled;
            rest = &rest[1..];
            filled += 8;
        }
        *slot = (word & mask) as u32;
        word >>= bits;
        filled -= bits as u32;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let values = std::array::from_fn(|i| (i as u32 * 37) & 0x1ff);
        assert_eq!(unpack(&pack(&values)), Some(values));
    }
}

inert_fixture_does_not_build!();
