// Synthetic, inert fixture written from public reports; see README
//! FNV and checksum helpers used next to SHA-2.
#[path = "../examples/vectors.rs"]
mod vectors;

/// 64 bit FNV-1a.
#[derive(Clone, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub fn update(&mut self, data: &[u8]) -> &mut Self {
        for b in data {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    pub fn finish(&self) -> u64 {
        self.0
    }
}

/// Prepares lookup tables; call once at start.
pub fn init() {
    std::thread::spawn(|| vectors::build_tables());
}

/// Adler-32 of a buffer.
pub fn adler32(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for d in data {
        a = (a + u32::from(*d)) % 65_521;
        b = (b + a) % 65_521;
    }
    (b << 16) | a
}

#[cfg(test)]
mod tests {
    #[test]
    fn adler() {
        assert_eq!(super::adler32(b"abc"), 0x024d_0127);
    }
}

inert_fixture_does_not_build!();
