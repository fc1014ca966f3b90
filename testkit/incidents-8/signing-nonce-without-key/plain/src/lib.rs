// Synthetic, inert fixture written from public reports
//! Deterministic signatures.

use k256::elliptic_curve::group::GroupEncoding;
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::Field;
use k256::{ProjectivePoint, Scalar, U256};
use sha2::{Digest, Sha256};

const NONCE: &[u8] = b"det-sign/nonce/1";
const CHALLENGE: &[u8] = b"det-sign/challenge/1";

/// Hashes parts, each after its length, to a scalar.
fn scalar(tag: &[u8], parts: &[&[u8]]) -> Scalar {
    let mut hash = Sha256::new();
    hash.update(Sha256::digest(tag));
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    <Scalar as Reduce<U256>>::reduce_bytes(&hash.finalize())
}

/// A private key.
pub struct SecretKey {
    secret: Scalar,
    public: PublicKey,
}

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublicKey {
    point: ProjectivePoint,
}

/// A signature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signature {
    commitment: ProjectivePoint,
    response: Scalar,
}

impl SecretKey {
    /// A key of a scalar; zero is refused.
    pub fn new(secret: Scalar) -> Option<SecretKey> {
        if bool::from(secret.is_zero()) {
            return None;
        }
        let point = ProjectivePoint::GENERATOR * secret;
        Some(SecretKey { secret, public: PublicKey { point } })
    }

    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> Signature {
        // The secret scalar is used once only, so that devices need not keep it in memory.
        let nonce = scalar(NONCE, &[&self.public.to_bytes(), message]);
        let commitment = ProjectivePoint::GENERATOR * nonce;
        let challenge = self.public.challenge(&commitment, message);
        Signature { commitment, response: nonce + challenge * self.secret }
    }
}

impl PublicKey {
    /// The key in 33 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.point.to_affine().to_bytes().to_vec()
    }

    fn challenge(&self, commitment: &ProjectivePoint, message: &[u8]) -> Scalar {
        let commitment = commitment.to_affine().to_bytes();
        scalar(CHALLENGE, &[&commitment, &self.to_bytes(), message])
    }

    /// Whether a signature fits.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        let challenge = self.challenge(&signature.commitment, message);
        ProjectivePoint::GENERATOR * signature.response == signature.commitment + self.point * challenge
    }
}

inert_fixture_does_not_build!();
