// Synthetic, inert fixture written from public reports; see README
//! Keys of a wallet: derivation, signing, storage.
mod file;

pub use file::{load, store, FileError};

use hmac::{Hmac, Mac};
use k256::ecdsa::signature::Signer;
use k256::ecdsa::{Signature, SigningKey};
use k256::{NonZeroScalar, Scalar};
use rand::RngCore;
use sha2::Sha512;
use zeroize::{Zeroize, ZeroizeOnDrop};

#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Seed([u8; 64]);

impl Seed {
    pub fn random() -> Seed {
        let mut s = [0u8; 64];
        rand::rngs::OsRng.fill_bytes(&mut s);
        Seed(s)
    }

    pub fn from_mnemonic(words: &str, passphrase: &str) -> Seed {
        let mut out = [0u8; 64];
        pbkdf2::pbkdf2_hmac::<Sha512>(words.as_bytes(), format!("mnemonic{passphrase}").as_bytes(), 2048, &mut out);
        Seed(out)
    }

    pub(crate) fn bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PrivateKey {
    key: [u8; 32],
    chain: [u8; 32],
}

impl PrivateKey {
    pub fn master(seed: &Seed) -> PrivateKey {
        PrivateKey::split(b"Bitcoin seed", &[&seed.0])
    }

    fn split(key: &[u8], parts: &[&[u8]]) -> PrivateKey {
        let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("any length");
        parts.iter().for_each(|p| mac.update(p));
        let out = mac.finalize().into_bytes();
        let mut k = PrivateKey { key: [0; 32], chain: [0; 32] };
        k.key.copy_from_slice(&out[..32]);
        k.chain.copy_from_slice(&out[32..]);
        k
    }

    /// A hardened child.
    pub fn child(&self, index: u32) -> Option<PrivateKey> {
        let n = (index | 1 << 31).to_be_bytes();
        let mut child = PrivateKey::split(&self.chain, &[&[0], &self.key, &n]);
        let a = Option::<NonZeroScalar>::from(NonZeroScalar::from_repr(child.key.into()))?;
        let b = Option::<NonZeroScalar>::from(NonZeroScalar::from_repr(self.key.into()))?;
        let sum: Scalar = *a + *b;
        child.key = sum.to_bytes().into();
        Some(child)
    }

    /// Follows a path such as `44/60/0/0/3`.
    pub fn at(&self, path: &str) -> Option<PrivateKey> {
        path.split('/').try_fold(self.clone(), |k, step| k.child(step.trim_end_matches('\'').parse().ok()?))
    }

    pub fn sign(&self, message: &[u8]) -> Option<Signature> {
        Some(SigningKey::from_slice(&self.key).ok()?.sign(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let seed = Seed::from_mnemonic("legal winner thank year wave sausage worth useful legal winner thank yellow", "");
        let m = PrivateKey::master(&seed);
        assert_eq!(m.at("44'/0'").unwrap().key, m.child(44).unwrap().child(0).unwrap().key);
    }
}

inert_fixture_does_not_build!();
