// Synthetic, inert fixture written from public reports
//! Deterministic nonces after RFC 6979.
#![no_std]
#![forbid(unsafe_code)]

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

type Bytes = [u8; 32];

/// Order of secp256k1.
pub const SECP256K1: Bytes = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae,
    0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// Order of P-256.
pub const P256: Bytes = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
    0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

fn hmac(key: &Bytes, parts: &[&[u8]]) -> Bytes {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length fits");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// `left - right` and 1 if it is below zero, in constant time.
fn subtract(left: &Bytes, right: &Bytes) -> (Bytes, u8) {
    let mut out = [0; 32];
    let mut borrow = 0u16;
    for at in (0..32).rev() {
        let digit = 0x100 + u16::from(left[at]) - u16::from(right[at]) - borrow;
        out[at] = digit as u8;
        borrow = 1 - (digit >> 8);
    }
    (out, borrow as u8)
}

fn is_zero(value: &Bytes) -> bool {
    value.iter().fold(0, |a, b| a | b) == 0
}

/// A digest modulo the order. One subtraction is enough, as both have 256 bits.
fn reduce(digest: &Bytes, order: &Bytes) -> Bytes {
    let (less, below) = subtract(digest, order);
    let mask = 0u8.wrapping_sub(below);
    let mut out = [0; 32];
    for at in 0..32 {
        out[at] = (digest[at] & mask) | (less[at] & !mask);
    }
    out
}

/// The nonce for a key and a digest of a message.
pub fn nonce(key: &Bytes, digest: &Bytes, extra: &[u8], order: &Bytes) -> Zeroizing<Bytes> {
    let digest = reduce(digest, order);
    let mut v = Zeroizing::new([1; 32]);
    let mut k = Zeroizing::new([0; 32]);
    for round in [0u8, 1] {
        *k = hmac(&k, &[&v[..], &[round], key, &digest, extra]);
        *v = hmac(&k, &[&v[..]]);
    }
    loop {
        *v = hmac(&k, &[&v[..]]);
        let (_, below) = subtract(&v, order);
        if below == 1 && !is_zero(&v) {
            return v;
        }
        *k = hmac(&k, &[&v[..], &[0]]);
        *v = hmac(&k, &[&v[..]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Bytes {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    /// A.2.5 of the RFC: P-256, SHA-256, "sample".
    #[test]
    fn vector() {
        let key = bytes("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        let digest = bytes("af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf");
        let expected = bytes("a6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60");
        assert_eq!(*nonce(&key, &digest, &[], &P256), expected);
    }

    #[test]
    fn extra_changes_it() {
        let (key, digest) = ([7; 32], [9; 32]);
        assert_ne!(*nonce(&key, &digest, &[], &SECP256K1), *nonce(&key, &digest, &[1; 32], &SECP256K1));
    }
}

inert_fixture_does_not_build!();
