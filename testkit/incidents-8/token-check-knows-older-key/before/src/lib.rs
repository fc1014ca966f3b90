// Synthetic, inert fixture written from public reports
//! Checks signed tokens.

use std::fmt;

use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use base64::Engine;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
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
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Form => "not a token",
            Refused::Signature => "signature does not fit",
            Refused::Expired => "expired",
        })
    }
}

impl std::error::Error for Refused {}

/// Checks tokens with a key.
pub struct Checker {
    key: VerifyingKey,
}

impl Checker {
    pub fn new(key: VerifyingKey) -> Self {
        Checker { key }
    }

    /// The claims of a token, if its signature fits and it has not expired.
    pub fn check(&self, token: &str, now: u64) -> Result<Claims, Refused> {
        let (payload, signature) = token.split_once('.').ok_or(Refused::Form)?;
        let signature = B64.decode(signature).map_err(|_| Refused::Form)?;
        let signature = Signature::from_slice(&signature).map_err(|_| Refused::Form)?;
        self.key.verify(payload.as_bytes(), &signature).map_err(|_| Refused::Signature)?;
        let bytes = B64.decode(payload).map_err(|_| Refused::Form)?;
        let claims: Claims = serde_json::from_slice(&bytes).map_err(|_| Refused::Form)?;
        if claims.exp <= now {
            return Err(Refused::Expired);
        }
        Ok(claims)
    }
}

inert_fixture_does_not_build!();
