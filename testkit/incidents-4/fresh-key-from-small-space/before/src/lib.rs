// Synthetic, inert fixture written from public reports
//! Keys, addresses and their text forms.

use k256::ecdsa::{SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

#[derive(Debug)]
pub enum KeyError {
    Random(getrandom::Error),
    Range,
    Text,
}

/// A secret key.
pub struct Secret(SigningKey);

impl Secret {
    /// A fresh key from the system's random numbers.
    pub fn fresh() -> Result<Self, KeyError> {
        loop {
            let mut pool = [0u8; 32];
            getrandom::getrandom(&mut pool).map_err(KeyError::Random)?;
            let seed = stir(&pool, b"coinkey/fresh");
            if let Ok(key) = SigningKey::from_slice(&seed) {
                return Ok(Secret(key));
            }
        }
    }

    /// A key from its text form.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let bytes = bs58::decode(text).with_check(Some(0x8c)).into_vec().map_err(|_| KeyError::Text)?;
        SigningKey::from_slice(&bytes[1..]).map(Secret).map_err(|_| KeyError::Range)
    }

    pub fn text(&self) -> String {
        let mut bytes = vec![0x8c];
        bytes.extend_from_slice(&self.0.to_bytes());
        bs58::encode(bytes).with_check().into_string()
    }

    pub fn address(&self) -> Address {
        Address::of(self.0.verifying_key())
    }
}

fn stir(pool: &[u8], label: &[u8]) -> [u8; 32] {
    let mut state = Sha256::digest(label);
    for round in 0u32..64 {
        let mut hash = Sha256::new();
        hash.update(state);
        hash.update(round.to_le_bytes());
        hash.update(pool);
        state = hash.finalize();
    }
    state.into()
}

/// An address: the first twenty bytes of the digest of the public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address([u8; 20]);

impl Address {
    fn of(key: &VerifyingKey) -> Self {
        let digest = Sha256::digest(key.to_sec1_bytes());
        let mut short = [0; 20];
        short.copy_from_slice(&digest[..20]);
        Address(short)
    }

    pub fn text(&self) -> String {
        bs58::encode(self.0).with_check_version(0x1e).into_string()
    }
}

inert_fixture_does_not_build!();
