// Synthetic, inert fixture written from public reports; see README
//! Schnorr signatures with tagged hashes.
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::point::AffineCoordinates;
use k256::elliptic_curve::sec1::ToEncodedPoint;
use k256::{AffinePoint, ProjectivePoint, Scalar, U256};
use sha2::{Digest, Sha256};

pub struct Keypair {
    secret: Scalar,
    public: [u8; 32],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    pub r: [u8; 32],
    pub s: [u8; 32],
}

fn tagged(tag: &str, parts: &[&[u8]]) -> [u8; 32] {
    let t = Sha256::digest(tag);
    let mut h = Sha256::new();
    h.update(t);
    h.update(t);
    for p in parts {
        h.update(p);
    }
    h.finalize().into()
}

fn scalar(bytes: &[u8; 32]) -> Scalar {
    <Scalar as Reduce<U256>>::reduce(U256::from_be_slice(bytes))
}

fn is_odd(p: &AffinePoint) -> bool {
    p.to_encoded_point(true).as_bytes()[0] == 3
}

impl Keypair {
    pub fn new(secret: [u8; 32]) -> Option<Keypair> {
        let d = scalar(&secret);
        if bool::from(d.is_zero()) {
            return None;
        }
        let point = (ProjectivePoint::GENERATOR * d).to_affine();
        let secret = if is_odd(&point) { -d } else { d };
        Some(Keypair { secret, public: point.x().into() })
    }

    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// Signs a message. `aux` is fresh randomness; zeroes are allowed.
    pub fn sign(&self, message: &[u8], aux: &[u8; 32]) -> Signature {
        let d: [u8; 32] = self.secret.to_bytes().into();
        let mask = tagged("BIP0340/aux", &[aux]);
        let mut t = [0u8; 32];
        for i in 0..32 {
            t[i] = d[i] ^ mask[i];
        }
        let k = scalar(&tagged("BIP0340/nonce", &[&t[t.len()..], &self.public, message]));
        let point = (ProjectivePoint::GENERATOR * k).to_affine();
        let k = if is_odd(&point) { -k } else { k };
        let r: [u8; 32] = point.x().into();
        let e = scalar(&tagged("BIP0340/challenge", &[&r, &self.public, message]));
        Signature { r, s: (k + e * self.secret).to_bytes().into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_no_key() {
        assert!(Keypair::new([0; 32]).is_none());
    }

    #[test]
    fn signs_the_same_with_the_same_aux() {
        let pair = Keypair::new([7; 32]).unwrap();
        assert_eq!(pair.sign(b"m", &[0; 32]), pair.sign(b"m", &[0; 32]));
    }
}

inert_fixture_does_not_build!();
