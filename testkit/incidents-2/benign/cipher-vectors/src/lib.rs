// Synthetic, inert fixture written from public reports; see README
#![no_std]
//! A stream cipher.

fn quarter(s: &mut [u32; 16], a: usize, b: usize, c: usize, d: usize) {
    s[a] = s[a].wrapping_add(s[b]);
    s[d] = (s[d] ^ s[a]).rotate_left(16);
    s[c] = s[c].wrapping_add(s[d]);
    s[b] = (s[b] ^ s[c]).rotate_left(12);
    s[a] = s[a].wrapping_add(s[b]);
    s[d] = (s[d] ^ s[a]).rotate_left(8);
    s[c] = s[c].wrapping_add(s[d]);
    s[b] = (s[b] ^ s[c]).rotate_left(7);
}

/// Enciphers `data` in place with `state`.
pub fn apply(state: &mut [u32; 16], data: &mut [u8]) {
    for chunk in data.chunks_mut(64) {
        let mut w = *state;
        for _ in 0..10 {
            for (a, b, c, d) in [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)] {
                quarter(&mut w, a, b, c, d);
            }
        }
        for (i, byte) in chunk.iter_mut().enumerate() {
            *byte ^= w[i / 4].wrapping_add(state[i / 4]).to_le_bytes()[i % 4];
        }
        state[12] = state[12].wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const BLOCK: &str = "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e";

    #[test]
    fn vector_is_whole() {
        assert_eq!((KEY.len(), BLOCK.len()), (64, 128));
    }
}

inert_fixture_does_not_build!();
