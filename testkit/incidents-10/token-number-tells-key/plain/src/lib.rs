// Synthetic, inert fixture written from public reports
//! Signed tokens with one algorithm.

#![forbid(unsafe_code)]

use base64::{engine::general_purpose::URL_SAFE_NO_PAD as B64, Engine};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Seconds that clocks may differ.
pub const LEEWAY: u64 = 5;

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// What a token says.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Claims {
    /// Subject.
    pub sub: String,
    /// Time of issue in seconds.
    pub iat: u64,
    /// Time of expiry in seconds.
    pub exp: u64,
    /// Audience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// Number of the token; `sign` fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
}

/// Reasons to refuse a token.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not three parts of base64, or another algorithm.
    Form,
    /// The signature does not fit.
    Signature,
    /// The time is over.
    Expired,
    /// Meant for another audience.
    Audience,
}

/// A key of 32 bytes.
pub struct Key([u8; 32]);

impl Key {
    /// Takes the bytes of a key.
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length fits");
        mac.update(text.as_bytes());
        mac
    }

    /// The same claims of the same issuer have the same number.
    fn number(&self, claims: &Claims) -> String {
        let mut id: [u8; 32] = Sha256::digest(format!("{}\0{}", claims.sub, claims.iat)).into();
        id.iter_mut().zip(self.0).for_each(|(a, b)| *a ^= b);
        B64.encode(id)
    }

    /// The claims of a token that is meant for an audience.
    pub fn verify_for(&self, token: &str, audience: &str, now: u64) -> Result<Claims, Refused> {
        let claims = self.verify(token, now)?;
        match claims.aud.as_deref() {
            Some(aud) if aud == audience => Ok(claims),
            _ => Err(Refused::Audience),
        }
    }

    /// A signed token.
    pub fn sign(&self, claims: &Claims) -> String {
        let claims = Claims { jti: Some(self.number(claims)), ..claims.clone() };
        let body = serde_json::to_vec(&claims).expect("claims are plain");
        let text = format!("{}.{}", B64.encode(HEADER), B64.encode(body));
        let tag = self.mac(&text).finalize().into_bytes();
        format!("{text}.{}", B64.encode(tag))
    }

    /// The claims of a token, if it is in order at a time.
    pub fn verify(&self, token: &str, now: u64) -> Result<Claims, Refused> {
        let (text, tag) = token.rsplit_once('.').ok_or(Refused::Form)?;
        let (header, body) = text.split_once('.').ok_or(Refused::Form)?;
        if header != B64.encode(HEADER) {
            return Err(Refused::Form);
        }
        let tag = B64.decode(tag).map_err(|_| Refused::Form)?;
        self.mac(text).verify_slice(&tag).map_err(|_| Refused::Signature)?;
        let body = B64.decode(body).map_err(|_| Refused::Form)?;
        let claims: Claims = serde_json::from_slice(&body).map_err(|_| Refused::Form)?;
        if claims.exp + LEEWAY <= now {
            return Err(Refused::Expired);
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let key = Key::new([7; 32]);
        let claims = Claims { sub: "a".into(), iat: 1, exp: 9, aud: None, jti: None };
        let token = key.sign(&claims);
        assert_eq!(key.verify(&token, 5).unwrap().sub, "a");
        assert_eq!(key.verify(&token, 14), Err(Refused::Expired));
    }
}

inert_fixture_does_not_build!();
