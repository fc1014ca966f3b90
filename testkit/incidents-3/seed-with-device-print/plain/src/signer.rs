// Synthetic, inert fixture written from public reports; see README
use crate::Error;
use k256::ecdsa::{signature::Signer as _, Signature, SigningKey};
use sha2::{Digest, Sha256};

pub struct Signer {
    key: SigningKey,
}

impl Signer {
    pub fn from_secret(secret: &str) -> Result<Signer, Error> {
        let bytes = hex::decode(secret.trim_start_matches("0x")).map_err(|_| Error::Key)?;
        SigningKey::from_slice(&bytes).map(|key| Signer { key }).map_err(|_| Error::Key)
    }

    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let s: Signature = self.key.sign(message);
        s.to_vec()
    }

    pub fn address(&self) -> String {
        let point = self.key.verifying_key().to_encoded_point(true);
        format!("perp1{}", hex::encode(&Sha256::digest(point.as_bytes())[..20]))
    }
}
