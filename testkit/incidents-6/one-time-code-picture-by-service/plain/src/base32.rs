// Synthetic, inert fixture written from public reports
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Base 32 without padding, as the apps want it.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut hold, mut bits) = (0u32, 0);
    for byte in bytes {
        hold = hold << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(LETTERS[(hold >> bits & 31) as usize] as char);
        }
    }
    if bits > 0 {
        out.push(LETTERS[(hold << (5 - bits) & 31) as usize] as char);
    }
    out
}
