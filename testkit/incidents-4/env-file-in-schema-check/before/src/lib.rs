// Synthetic, inert fixture written from public reports
//! Records of the shared schemas and a compact binary form for them.

include!(concat!(env!("OUT_DIR"), "/records.rs"));

/// Appends `value` in zigzag form, seven bits a byte.
pub fn put_long(out: &mut Vec<u8>, value: i64) {
    let mut z = ((value << 1) ^ (value >> 63)) as u64;
    while z > 0x7f {
        out.push((z as u8 & 0x7f) | 0x80);
        z >>= 7;
    }
    out.push(z as u8);
}

/// Takes a number off the front of `input`.
pub fn take_long(input: &mut &[u8]) -> Option<i64> {
    let mut z = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = input.split_first()?;
        *input = rest;
        z |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((z >> 1) as i64 ^ -((z & 1) as i64));
        }
    }
    None
}

impl Order {
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.note.len() + 12);
        put_long(&mut out, self.id);
        put_long(&mut out, self.note.len() as i64);
        out.extend_from_slice(self.note.as_bytes());
        out
    }
}

inert_fixture_does_not_build!();
