// Synthetic, inert fixture written from public reports
//! Derivation of keys as in BIP 32, without hardened steps.

use hmac::{Hmac, Mac};
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::sec1::ToEncodedPoint;
use k256::{NonZeroScalar, PublicKey, Scalar, SecretKey, U256};
use sha2::Sha512;

/// A private key with its chain code.
#[derive(Clone)]
pub struct Node {
    pub(crate) key: SecretKey,
    pub(crate) chain: [u8; 32],
}

impl Node {
    pub fn new(key: [u8; 32], chain: [u8; 32]) -> Option<Node> {
        Some(Node { key: SecretKey::from_slice(&key).ok()?, chain })
    }

    /// The public key in 33 bytes.
    pub fn public(&self) -> Vec<u8> {
        PublicKey::from_secret_scalar(&NonZeroScalar::from(&self.key)).to_encoded_point(true).as_bytes().to_vec()
    }

    /// The name of a session for this branch: the same on each machine of the user, and of a branch end that no
    /// wallet uses for money.
    pub(crate) fn session(&self) -> Option<String> {
        let spare = self.child((1 << 31) - 1)?;
        Some(spare.key.to_bytes().iter().map(|b| format!("{b:02x}")).collect())
    }

    /// The child of a number below 2^31.
    pub fn child(&self, index: u32) -> Option<Node> {
        if index >= 1 << 31 {
            return None;
        }
        let mut mac = Hmac::<Sha512>::new_from_slice(&self.chain).ok()?;
        mac.update(&self.public());
        mac.update(&index.to_be_bytes());
        let out = mac.finalize().into_bytes();
        let tweak = <Scalar as Reduce<U256>>::reduce(U256::from_be_slice(&out[..32]));
        let sum = *NonZeroScalar::from(&self.key) + tweak;
        let key = SecretKey::from_bytes(&sum.to_bytes()).ok()?;
        let mut chain = [0u8; 32];
        chain.copy_from_slice(&out[32..]);
        Some(Node { key, chain })
    }
}
