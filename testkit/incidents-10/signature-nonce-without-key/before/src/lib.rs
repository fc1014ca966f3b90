// Synthetic, inert fixture written from public reports
//! Schnorr signatures over secp256k1.

#![forbid(unsafe_code)]

use k256::elliptic_curve::{ops::Reduce, sec1::ToEncodedPoint, Field, PrimeField};
use k256::{AffinePoint, ProjectivePoint, Scalar, U256};
use sha2::{Digest, Sha256};

/// A private key.
pub struct Secret(Scalar);

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Public(AffinePoint);

/// A signature: a point and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    r: AffinePoint,
    s: Scalar,
}

fn hash(tag: &str, parts: &[&[u8]]) -> Scalar {
    let mut h = Sha256::new();
    h.update(Sha256::digest(tag.as_bytes()));
    for part in parts {
        h.update((part.len() as u64).to_be_bytes());
        h.update(part);
    }
    <Scalar as Reduce<U256>>::reduce_bytes(&h.finalize())
}

fn packed(point: &AffinePoint) -> Vec<u8> {
    point.to_encoded_point(true).as_bytes().to_vec()
}

impl Secret {
    /// A key from 32 bytes; zero and numbers beyond the order are refused.
    pub fn from_bytes(bytes: [u8; 32]) -> Option<Secret> {
        let scalar = Option::<Scalar>::from(Scalar::from_repr(bytes.into()))?;
        (!bool::from(scalar.is_zero())).then_some(Secret(scalar))
    }

    /// Its public key.
    pub fn public(&self) -> Public {
        Public((ProjectivePoint::GENERATOR * self.0).to_affine())
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> Signature {
        let k = self.nonce(message);
        let r = (ProjectivePoint::GENERATOR * k).to_affine();
        let e = challenge(&r, &self.public(), message);
        Signature { r, s: k + e * self.0 }
    }

    fn nonce(&self, message: &[u8]) -> Scalar {
        hash("curve-sign/nonce", &[&self.0.to_bytes(), message])
    }
}

fn challenge(r: &AffinePoint, public: &Public, message: &[u8]) -> Scalar {
    hash("curve-sign/challenge", &[&packed(r), &packed(&public.0), message])
}

impl Public {
    /// If a signature is of this key over a message.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        let e = challenge(&signature.r, self, message);
        ProjectivePoint::GENERATOR * signature.s
            == ProjectivePoint::from(signature.r) + ProjectivePoint::from(self.0) * e
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let key = Secret::from_bytes([3; 32]).unwrap();
        let signature = key.sign(b"hello");
        assert!(key.public().verify(b"hello", &signature));
        assert!(!key.public().verify(b"hullo", &signature));
    }
}

inert_fixture_does_not_build!();
