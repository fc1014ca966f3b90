// Synthetic, inert fixture written from public reports; see README
//! Key pairs from seeds.

/// A key pair.
pub struct KeyPair {
    secret: [u8; 32],
}

impl KeyPair {
    /// A key pair made of `seed`.
    pub fn from_seed(seed: &str) -> Option<KeyPair> {
        let mut secret = [0u8; 32];
        if seed.len() < 16 {
            return None;
        }
        for (i, b) in seed.bytes().enumerate() {
            secret[i % 32] = secret[i % 32].rotate_left(3) ^ b;
        }
        Some(KeyPair { secret })
    }

    /// The public half, for display.
    pub fn public(&self) -> u64 {
        self.secret.iter().fold(7, |a, b| a * 131 + u64::from(*b))
    }
}

inert_fixture_does_not_build!();
