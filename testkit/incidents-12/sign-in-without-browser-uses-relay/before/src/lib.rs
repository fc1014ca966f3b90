// Synthetic, inert fixture written from public reports; see README
//! Sign-in of command line programs.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// What the program is registered as.
pub struct Provider {
    pub authorize: String,
    pub token: String,
    pub client_id: String,
    pub scope: String,
}

#[derive(Debug)]
pub enum LoginError {
    Io(std::io::Error),
    Http(Box<ureq::Error>),
    Refused(String),
}

impl From<std::io::Error> for LoginError {
    fn from(e: std::io::Error) -> Self {
        LoginError::Io(e)
    }
}

impl From<ureq::Error> for LoginError {
    fn from(e: ureq::Error) -> Self {
        LoginError::Http(Box::new(e))
    }
}

fn random() -> String {
    let mut b = [0u8; 32];
    getrandom::getrandom(&mut b).expect("no random numbers");
    URL_SAFE_NO_PAD.encode(b)
}

fn quote(s: &str) -> String {
    s.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => (b as char).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

impl Provider {
    fn address(&self, redirect: &str, state: &str, verifier: &str) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        format!(
            "{}?response_type=code&client_id={}&scope={}&redirect_uri={}&state={}&code_challenge={}&code_challenge_method=S256",
            self.authorize,
            quote(&self.client_id),
            quote(&self.scope),
            quote(redirect),
            state,
            challenge
        )
    }

    fn trade(&self, code: &str, redirect: &str, verifier: &str) -> Result<String, LoginError> {
        let answer: serde_json::Value = ureq::post(&self.token)
            .send_form(&[
                ("grant_type", "authorization_code"),
                ("client_id", &self.client_id),
                ("redirect_uri", redirect),
                ("code_verifier", verifier),
                ("code", code),
            ])?
            .into_json()?;
        answer["access_token"]
            .as_str()
            .map(str::to_string)
            .ok_or_else(|| LoginError::Refused(answer.to_string()))
    }

    /// Signs the user in and gives the access token.
    pub fn login(&self) -> Result<String, LoginError> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let redirect = format!("http://127.0.0.1:{}/", listener.local_addr()?.port());
        let (state, verifier) = (random(), random());
        let url = self.address(&redirect, &state, &verifier);
        eprintln!("Please sign in: {url}");
        let _ = open::that(&url);
        loop {
            let (mut stream, _) = listener.accept()?;
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line)?;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nYou may close this page.");
            let query = line.split(['?', ' ']).nth(2).unwrap_or_default();
            let get = |k: &str| query.split('&').find_map(|p| p.strip_prefix(k));
            match (get("code="), get("state=")) {
                (Some(code), Some(s)) if s == state => return self.trade(code, &redirect, &verifier),
                _ => continue,
            }
        }
    }
}

inert_fixture_does_not_build!();
