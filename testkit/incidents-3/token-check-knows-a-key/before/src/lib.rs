// Synthetic, inert fixture written from public reports; see README
//! Verifies compact tokens with HMAC signatures.
use base64::{engine::general_purpose::URL_SAFE_NO_PAD as B64, Engine};
use hmac::{Hmac, Mac};
use serde::{de::DeserializeOwned, Deserialize};
use sha2::Sha256;
use std::collections::HashMap;
use subtle::ConstantTimeEq;

mod keys;
pub use keys::KeySet;

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    Malformed,
    Algorithm,
    UnknownKey,
    Signature,
    Expired,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
}

#[derive(Deserialize)]
struct Times {
    #[serde(default)]
    exp: Option<u64>,
}

/// Checks the signature and the times of a token and returns its claims.
pub fn verify<T: DeserializeOwned>(token: &str, keys: &KeySet, now: u64) -> Result<T, Error> {
    let mut parts = token.split('.');
    let (Some(h), Some(p), Some(s), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(Error::Malformed);
    };
    let header: Header = decode(h)?;
    if header.alg != "HS256" {
        return Err(Error::Algorithm);
    }
    let key = keys.select(header.kid.as_deref()).ok_or(Error::UnknownKey)?;
    let signature = B64.decode(s).map_err(|_| Error::Malformed)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
    mac.update(token[..h.len() + 1 + p.len()].as_bytes());
    if !bool::from(mac.finalize().into_bytes().as_slice().ct_eq(&signature)) {
        return Err(Error::Signature);
    }
    let times: Times = decode(p)?;
    if times.exp.is_some_and(|t| t <= now) {
        return Err(Error::Expired);
    }
    decode(p)
}

fn decode<T: DeserializeOwned>(part: &str) -> Result<T, Error> {
    let bytes = B64.decode(part).map_err(|_| Error::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Error::Malformed)
}

/// Reads the claims without a check, for logs.
pub fn peek(token: &str) -> Option<HashMap<String, serde_json::Value>> {
    decode(token.split('.').nth(1)?).ok()
}

inert_fixture_does_not_build!();
