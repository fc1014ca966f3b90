// Synthetic, inert fixture written from public reports; see README
//! Accounts of hierarchical wallets.

use hmac::{Hmac, Mac};
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::sec1::ToEncodedPoint;
use k256::{ProjectivePoint, PublicKey, Scalar, U256};
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

/// Indices from here on are hardened.
pub const HARDENED: u32 = 1 << 31;

/// A key with its secret.
pub struct Secret {
    key: Zeroizing<[u8; 32]>,
    chain: [u8; 32],
}

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    point: PublicKey,
    chain: [u8; 32],
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> (Zeroizing<[u8; 32]>, [u8; 32]) {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("any length");
    for p in parts {
        mac.update(p);
    }
    let out = mac.finalize().into_bytes();
    let (mut left, mut right) = (Zeroizing::new([0; 32]), [0; 32]);
    left.copy_from_slice(&out[..32]);
    right.copy_from_slice(&out[32..]);
    (left, right)
}

fn scalar(bytes: &[u8; 32]) -> Scalar {
    <Scalar as Reduce<U256>>::reduce(U256::from_be_slice(bytes))
}

fn compressed(p: &PublicKey) -> Vec<u8> {
    p.to_encoded_point(true).as_bytes().to_vec()
}

impl Secret {
    /// The key at the root, from a seed.
    pub fn from_seed(seed: &[u8]) -> Self {
        let (key, chain) = hmac(b"Bitcoin seed", &[seed]);
        Secret { key, chain }
    }

    /// The key one step further down.
    pub fn child(&self, index: u32) -> Secret {
        let (tweak, chain) = if index >= HARDENED {
            hmac(&self.chain, &[&[0], &self.key[..], &index.to_be_bytes()])
        } else {
            let point = compressed(&self.watch().point);
            hmac(&self.chain, &[&point, &index.to_be_bytes()])
        };
        let sum = scalar(&tweak) + scalar(&self.key);
        Secret { key: Zeroizing::new(sum.to_bytes().into()), chain }
    }

    /// The public half.
    pub fn watch(&self) -> Watch {
        let point = ProjectivePoint::GENERATOR * scalar(&self.key);
        Watch {
            point: PublicKey::from_affine(point.to_affine()).expect("not the point at infinity"),
            chain: self.chain,
        }
    }

    /// The secret, for a function that signs.
    pub fn expose(&self) -> &[u8; 32] {
        &self.key
    }
}

impl Watch {
    /// The public key one step further down; hardened steps need the secret.
    pub fn child(&self, index: u32) -> Option<Watch> {
        if index >= HARDENED {
            return None;
        }
        let (tweak, chain) = hmac(&self.chain, &[&compressed(&self.point), &index.to_be_bytes()]);
        let sum = self.point.to_projective() + ProjectivePoint::GENERATOR * scalar(&tweak);
        Some(Watch { point: PublicKey::from_affine(sum.to_affine()).ok()?, chain })
    }

    /// Text with a checksum: public key and chain code, nothing else.
    pub fn export(&self) -> String {
        let mut raw = compressed(&self.point);
        raw.extend(self.chain);
        let sum = Sha256::digest(Sha256::digest(&raw));
        raw.extend(&sum[..4]);
        bs58::encode(raw).into_string()
    }

    pub fn import(text: &str) -> Option<Watch> {
        let raw = bs58::decode(text).into_vec().ok()?;
        let (body, sum) = raw.split_at(raw.len().checked_sub(4)?);
        if Sha256::digest(Sha256::digest(body))[..4] != *sum {
            return None;
        }
        let (point, chain) = body.split_at(33.min(body.len()));
        Some(Watch { point: PublicKey::from_sec1_bytes(point).ok()?, chain: chain.try_into().ok()? })
    }
}

inert_fixture_does_not_build!();
