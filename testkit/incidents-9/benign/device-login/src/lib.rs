// Synthetic, inert fixture written from public reports; see README
//! Device flow (RFC 8628) for command line programs.

mod store;

pub use store::{forget, load, save};

use serde::Deserialize;
use std::{fmt, thread, time::{Duration, Instant}};

/// A token that does not show itself.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// For tests, and for tokens from elsewhere.
    pub fn new(text: impl Into<String>) -> Token {
        Token(text.into())
    }

    /// The value of the `Authorization` header.
    pub fn header(&self) -> String {
        format!("Bearer {}", self.0)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(...)")
    }
}

/// The addresses and the name of the program, as registered with the server.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: String,
    pub device_url: String,
    pub token_url: String,
    pub scope: String,
}

/// What the user has to do.
#[derive(Debug, Deserialize)]
pub struct Invitation {
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

#[derive(Debug)]
pub enum Error {
    Http(Box<ureq::Error>),
    Io(std::io::Error),
    Denied,
    Expired,
    Other(String),
    InsecureUrl,
}

impl From<ureq::Error> for Error {
    fn from(e: ureq::Error) -> Self {
        Error::Http(Box::new(e))
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error::Io(e)
    }
}

#[derive(Deserialize)]
struct Answer {
    access_token: Option<Token>,
    error: Option<String>,
}

impl Client {
    /// Asks the server for a code to show to the user.
    pub fn invite(&self) -> Result<Invitation, Error> {
        if !self.device_url.starts_with("https://") || !self.token_url.starts_with("https://") {
            return Err(Error::InsecureUrl);
        }
        let answer = ureq::post(&self.device_url)
            .set("Accept", "application/json")
            .send_form(&[("client_id", &self.id), ("scope", &self.scope)])?;
        Ok(answer.into_json()?)
    }

    /// Waits until the user has agreed.
    pub fn wait(&self, invitation: &Invitation) -> Result<Token, Error> {
        let end = Instant::now() + Duration::from_secs(invitation.expires_in);
        let mut pause = Duration::from_secs(invitation.interval.clamp(1, 60));
        while Instant::now() < end {
            thread::sleep(pause);
            let answer = ureq::post(&self.token_url)
                .set("Accept", "application/json")
                .send_form(&[
                    ("client_id", &self.id),
                    ("device_code", &invitation.device_code),
                    ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ]);
            let answer: Answer = match answer {
                Ok(a) | Err(ureq::Error::Status(400, a)) => a.into_json()?,
                Err(e) => return Err(e.into()),
            };
            match (answer.access_token, answer.error.as_deref()) {
                (Some(token), _) => return Ok(token),
                (None, Some("authorization_pending")) => {}
                (None, Some("slow_down")) => pause += Duration::from_secs(5),
                (None, Some("access_denied")) => return Err(Error::Denied),
                (None, Some("expired_token")) => return Err(Error::Expired),
                (None, other) => return Err(Error::Other(other.unwrap_or("no answer").to_string())),
            }
        }
        Err(Error::Expired)
    }
}

inert_fixture_does_not_build!();
