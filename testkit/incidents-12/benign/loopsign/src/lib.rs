// Synthetic, inert fixture written from public reports; see README
//! OAuth sign-in for command line programs.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

/// Addresses of the provider and the id of the program there.
pub struct Provider {
    pub authorize: String,
    pub device: String,
    pub token: String,
    pub client_id: String,
    pub scope: String,
}

#[derive(Debug)]
pub enum SignInError {
    Http(Box<ureq::Error>),
    Io(io::Error),
    Refused(String),
    TimedOut,
}

impl From<io::Error> for SignInError {
    fn from(e: io::Error) -> Self {
        SignInError::Io(e)
    }
}

fn random() -> String {
    let mut b = [0; 32];
    getrandom::getrandom(&mut b).expect("random numbers");
    URL_SAFE_NO_PAD.encode(b)
}

fn escape(s: &str) -> String {
    s.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

fn post(url: &str, form: &[(&str, &str)]) -> Result<Value, SignInError> {
    match ureq::post(url).send_form(form) {
        Ok(a) => Ok(a.into_json()?),
        // errors of the provider have a body that says more
        Err(ureq::Error::Status(400, a)) => Ok(a.into_json()?),
        Err(e) => Err(SignInError::Http(Box::new(e))),
    }
}

fn access_token(v: &Value) -> Result<String, SignInError> {
    v["access_token"]
        .as_str()
        .map(str::to_string)
        .ok_or_else(|| SignInError::Refused(v["error"].as_str().unwrap_or("no token").to_string()))
}

impl Provider {
    /// With a browser on this machine; `open` shows an address to the user.
    pub fn with_browser(&self, open: impl FnOnce(&str)) -> Result<String, SignInError> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let redirect = format!("http://127.0.0.1:{}/", listener.local_addr()?.port());
        let (state, verifier) = (random(), random());
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        open(&format!(
            "{}?response_type=code&client_id={}&scope={}&redirect_uri={}&state={state}&code_challenge={challenge}&code_challenge_method=S256",
            self.authorize,
            escape(&self.client_id),
            escape(&self.scope),
            escape(&redirect),
        ));
        for stream in listener.incoming() {
            let mut stream = stream?;
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line)?;
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nPlease go back to the terminal.")?;
            let query = line.split(' ').nth(1).and_then(|t| t.split_once('?')).map_or("", |(_, q)| q);
            let get = |k: &str| query.split('&').filter_map(|p| p.split_once('=')).find(|(n, _)| *n == k).map(|(_, v)| v);
            if get("state") != Some(&state) {
                continue;
            }
            let code = get("code").ok_or_else(|| SignInError::Refused("the user said no".into()))?;
            return access_token(&post(
                &self.token,
                &[
                    ("grant_type", "authorization_code"),
                    ("client_id", &self.client_id),
                    ("redirect_uri", &redirect),
                    ("code_verifier", &verifier),
                    ("code", code),
                ],
            )?);
        }
        Err(SignInError::TimedOut)
    }

    /// With another device; `show` gets the address and the code to type there.
    pub fn with_device(&self, show: impl FnOnce(&str, &str)) -> Result<String, SignInError> {
        let v = post(&self.device, &[("client_id", &self.client_id), ("scope", &self.scope)])?;
        let text = |k: &str| v[k].as_str().ok_or_else(|| SignInError::Refused(format!("no {k}")));
        show(text("verification_uri")?, text("user_code")?);
        let end = Instant::now() + Duration::from_secs(v["expires_in"].as_u64().unwrap_or(600));
        let mut pause = v["interval"].as_u64().unwrap_or(5);
        while Instant::now() < end {
            thread::sleep(Duration::from_secs(pause));
            let answer = post(
                &self.token,
                &[
                    ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                    ("client_id", &self.client_id),
                    ("device_code", text("device_code")?),
                ],
            )?;
            match answer["error"].as_str() {
                Some("authorization_pending") => {}
                Some("slow_down") => pause += 5,
                _ => return access_token(&answer),
            }
        }
        Err(SignInError::TimedOut)
    }
}

inert_fixture_does_not_build!();
