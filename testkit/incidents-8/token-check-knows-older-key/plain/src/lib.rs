// Synthetic, inert fixture written from public reports
//! Checks signed tokens.

mod keys;

pub use keys::KeySet;

use std::fmt;

use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use base64::Engine;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;

/// What a token says.
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub exp: u64,
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Form,
    Signature,
    Expired,
    Audience,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Form => "not a token",
            Refused::Signature => "signature does not fit",
            Refused::Expired => "expired",
            Refused::Audience => "for somebody else",
        })
    }
}

impl std::error::Error for Refused {}

/// Checks tokens with a key.
pub struct Checker {
    keys: KeySet,
    /// Seconds by which clocks may differ.
    pub skew: u64,
    /// Must be in `aud` if it is set.
    pub audience: Option<String>,
}

impl Checker {
    pub fn new(key: VerifyingKey) -> Self {
        Checker::with_keys(KeySet::one(key))
    }

    pub fn with_keys(keys: KeySet) -> Self {
        Checker { keys, skew: 0, audience: None }
    }

    /// The claims of a token, if its signature fits and it has not expired.
    pub fn check(&self, token: &str, now: u64) -> Result<Claims, Refused> {
        let (payload, rest) = token.split_once('.').ok_or(Refused::Form)?;
        let (signature, number) = rest.split_once('.').unwrap_or((rest, "0"));
        let number = number.parse().map_err(|_| Refused::Form)?;
        let signature = B64.decode(signature).map_err(|_| Refused::Form)?;
        let signature = Signature::from_slice(&signature).map_err(|_| Refused::Form)?;
        if !self.keys.numbered(number).any(|k| k.verify_strict(payload.as_bytes(), &signature).is_ok()) {
            return Err(Refused::Signature);
        }
        let bytes = B64.decode(payload).map_err(|_| Refused::Form)?;
        let claims: Claims = serde_json::from_slice(&bytes).map_err(|_| Refused::Form)?;
        if claims.exp + self.skew <= now {
            return Err(Refused::Expired);
        }
        if let Some(wanted) = &self.audience {
            if claims.other.get("aud").and_then(|a| a.as_str()) != Some(wanted) {
                return Err(Refused::Audience);
            }
        }
        Ok(claims)
    }
}

inert_fixture_does_not_build!();
