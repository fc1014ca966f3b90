// Synthetic, inert fixture written from public reports
//! The authorization code flow with PKCE.

mod discovery;

pub use discovery::{discover, Metadata};

use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use base64::Engine;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt;
use url::Url;

#[derive(Debug)]
pub enum FlowError {
    Http(Box<ureq::Error>),
    Io(std::io::Error),
    Issuer(String),
    Address(url::ParseError),
    State,
    Refused(String),
}

impl From<ureq::Error> for FlowError {
    fn from(e: ureq::Error) -> Self {
        FlowError::Http(Box::new(e))
    }
}

impl From<std::io::Error> for FlowError {
    fn from(e: std::io::Error) -> Self {
        FlowError::Io(e)
    }
}

impl From<url::ParseError> for FlowError {
    fn from(e: url::ParseError) -> Self {
        FlowError::Address(e)
    }
}

impl fmt::Display for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FlowError::Http(e) => write!(f, "request failed: {e}"),
            FlowError::Io(e) => write!(f, "answer not readable: {e}"),
            FlowError::Issuer(i) => write!(f, "metadata are of another issuer: {i}"),
            FlowError::Address(e) => write!(f, "address: {e}"),
            FlowError::State => f.write_str("state does not match"),
            FlowError::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

impl std::error::Error for FlowError {}

/// The program as the issuer knows it.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: String,
    pub secret: Option<String>,
    pub redirect: String,
    pub scopes: Vec<String>,
}

/// A flow that has begun.
pub struct Pending {
    metadata: Metadata,
    client: Client,
    state: String,
    verifier: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Tokens {
    pub access_token: String,
    pub refresh_token: Option<String>,
    pub expires_in: Option<u64>,
}

fn random() -> String {
    let mut bytes = [0u8; 32];
    getrandom::getrandom(&mut bytes).expect("random bytes");
    B64.encode(bytes)
}

impl Client {
    /// Begins a flow with an issuer; the address is for the browser.
    pub fn begin(&self, issuer: &str) -> Result<(Url, Pending), FlowError> {
        let metadata = discover(issuer)?;
        let (state, verifier) = (random(), random());
        let challenge = B64.encode(Sha256::digest(verifier.as_bytes()));
        let mut address = Url::parse(&metadata.authorization_endpoint)?;
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.id)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", &self.scopes.join(" "))
            .append_pair("state", &state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok((address, Pending { metadata, client: self.clone(), state, verifier }))
    }
}

impl Tokens {
    /// Gets a new access token with the refresh token.
    pub fn refresh(&self, client: &Client, issuer: &str) -> Result<Tokens, FlowError> {
        let token = self.refresh_token.as_deref().ok_or_else(|| FlowError::Refused("no refresh token".into()))?;
        let metadata = discover(issuer)?;
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", client.id.as_str()),
        ];
        if let Some(secret) = &client.secret {
            form.push(("client_secret", secret.as_str()));
        }
        let mut fresh: Tokens = ureq::post(&metadata.token_endpoint).send_form(&form)?.into_json()?;
        if fresh.refresh_token.is_none() {
            fresh.refresh_token = self.refresh_token.clone();
        }
        Ok(fresh)
    }
}

impl Pending {
    /// Takes the address to which the browser was sent back and gets the tokens.
    pub fn finish(self, returned: &str) -> Result<Tokens, FlowError> {
        let url = Url::parse(returned)?;
        let get = |name: &str| url.query_pairs().find(|(k, _)| k == name).map(|(_, v)| v.into_owned());
        if get("state").as_deref() != Some(self.state.as_str()) {
            return Err(FlowError::State);
        }
        let code = get("code").ok_or_else(|| FlowError::Refused(get("error").unwrap_or_default()))?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", self.client.redirect.as_str()),
            ("client_id", self.client.id.as_str()),
            ("code_verifier", self.verifier.as_str()),
        ];
        if let Some(secret) = &self.client.secret {
            form.push(("client_secret", secret.as_str()));
        }
        Ok(ureq::post(&self.metadata.token_endpoint).send_form(&form)?.into_json()?)
    }
}

inert_fixture_does_not_build!();
