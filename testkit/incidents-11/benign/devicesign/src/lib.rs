// Synthetic, inert fixture written from public reports
//! The device flow of OAuth.

use serde::Deserialize;
use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

#[derive(Debug)]
pub enum SignInError {
    Net(String),
    /// An end point is on another host than the issuer.
    Foreign(String),
    Denied,
    Expired,
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignInError::Net(e) => write!(f, "request failed: {e}"),
            SignInError::Foreign(a) => write!(f, "end point is not at the issuer: {a}"),
            SignInError::Denied => f.write_str("sign-in was denied"),
            SignInError::Expired => f.write_str("the code has expired"),
        }
    }
}

impl std::error::Error for SignInError {}

fn net<E: ToString>(e: E) -> SignInError {
    SignInError::Net(e.to_string())
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    device_authorization_endpoint: String,
    token_endpoint: String,
}

/// What the user has to type and where.
#[derive(Clone, Debug, Deserialize)]
pub struct Code {
    device_code: String,
    pub user_code: String,
    pub verification_uri: String,
    expires_in: u64,
    #[serde(default = "five")]
    interval: u64,
}

fn five() -> u64 {
    5
}

/// Tokens; not shown by `Debug`.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    pub access_token: String,
    pub refresh_token: Option<String>,
    pub expires_in: Option<u64>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

fn host(address: &str) -> Option<&str> {
    address.strip_prefix("https://").and_then(|r| r.split(['/', '?', '#']).next()).filter(|h| !h.contains('@'))
}

/// A client that an issuer knows.
pub struct Device {
    client: String,
    token_endpoint: String,
    device_endpoint: String,
}

impl Device {
    /// Reads the metadata of the issuer.
    pub fn at(issuer: &str, client: &str) -> Result<Device, SignInError> {
        let issuer = issuer.trim_end_matches('/');
        let m: Metadata = ureq::get(&format!("{issuer}/.well-known/openid-configuration"))
            .timeout(Duration::from_secs(10))
            .call()
            .map_err(net)?
            .into_json()
            .map_err(net)?;
        for address in [&m.issuer, &m.token_endpoint, &m.device_authorization_endpoint] {
            if host(address).is_none() || host(address) != host(issuer) {
                return Err(SignInError::Foreign(address.clone()));
            }
        }
        Ok(Device { client: client.into(), token_endpoint: m.token_endpoint, device_endpoint: m.device_authorization_endpoint })
    }

    /// Asks for a code.
    pub fn begin(&self, scope: &str) -> Result<Code, SignInError> {
        ureq::post(&self.device_endpoint)
            .send_form(&[("client_id", &self.client), ("scope", scope)])
            .map_err(net)?
            .into_json()
            .map_err(net)
    }

    /// Waits until the user has signed in.
    pub fn wait(&self, code: &Code) -> Result<Tokens, SignInError> {
        let end = Instant::now() + Duration::from_secs(code.expires_in);
        let mut pause = code.interval.clamp(1, 60);
        while Instant::now() < end {
            thread::sleep(Duration::from_secs(pause));
            let answer = ureq::post(&self.token_endpoint).send_form(&[
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("device_code", &code.device_code),
                ("client_id", &self.client),
            ]);
            match answer {
                Ok(ok) => return ok.into_json().map_err(net),
                Err(ureq::Error::Status(400, body)) => match body.into_json::<Refusal>().map_err(net)?.error.as_str() {
                    "authorization_pending" => {}
                    "slow_down" => pause += 5,
                    "expired_token" => return Err(SignInError::Expired),
                    _ => return Err(SignInError::Denied),
                },
                Err(e) => return Err(net(e)),
            }
        }
        Err(SignInError::Expired)
    }
}

inert_fixture_does_not_build!();
