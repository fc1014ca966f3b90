// Synthetic, inert fixture written from public reports; see README
//! Issues and releases of a code host.
//!
//! The token comes from the caller, from `FORGE_TOKEN`, from `GITHUB_TOKEN` or from `~/.netrc`, in that order.
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::{HeaderMap, HeaderValue, ACCEPT, AUTHORIZATION};
use serde::{Deserialize, Serialize};
use std::{env, fs};

mod netrc;

#[derive(Debug)]
pub enum ForgeError {
    NoToken,
    Status(u16, String),
    Http(reqwest::Error),
}

impl From<reqwest::Error> for ForgeError {
    fn from(e: reqwest::Error) -> Self {
        ForgeError::Http(e)
    }
}

pub struct Forge {
    base: String,
    client: Client,
}

#[derive(Debug, Deserialize)]
pub struct Issue {
    pub number: u64,
    pub title: String,
    pub state: String,
}

#[derive(Debug, Serialize)]
pub struct NewRelease<'a> {
    pub tag_name: &'a str,
    pub name: &'a str,
    pub body: &'a str,
    pub draft: bool,
}

impl Forge {
    pub fn from_env(base: &str) -> Result<Forge, ForgeError> {
        let host = base.split('/').nth(2).unwrap_or_default();
        let token = env::var("FORGE_TOKEN")
            .or_else(|_| env::var("GITHUB_TOKEN"))
            .ok()
            .or_else(|| {
                let text = fs::read_to_string(dirs::home_dir()?.join(".netrc")).ok()?;
                netrc::password(&text, host).map(str::to_string)
            })
            .ok_or(ForgeError::NoToken)?;
        Forge::new(base, &token)
    }

    pub fn new(base: &str, token: &str) -> Result<Forge, ForgeError> {
        let mut headers = HeaderMap::new();
        let mut value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| ForgeError::NoToken)?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let client = Client::builder().default_headers(headers).user_agent("forge-client").build()?;
        Ok(Forge { base: base.trim_end_matches('/').to_string(), client })
    }

    fn send(request: RequestBuilder) -> Result<reqwest::blocking::Response, ForgeError> {
        let reply = request.send()?;
        if reply.status().is_success() {
            Ok(reply)
        } else {
            Err(ForgeError::Status(reply.status().as_u16(), reply.text().unwrap_or_default()))
        }
    }

    pub fn issues(&self, repo: &str) -> Result<Vec<Issue>, ForgeError> {
        Ok(Self::send(self.client.get(format!("{}/repos/{repo}/issues", self.base)))?.json()?)
    }

    pub fn release(&self, repo: &str, release: &NewRelease<'_>) -> Result<(), ForgeError> {
        Self::send(self.client.post(format!("{}/repos/{repo}/releases", self.base)).json(release)).map(drop)
    }

    pub fn upload(&self, url: &str, name: &str, bytes: Vec<u8>) -> Result<(), ForgeError> {
        let request = self.client.post(format!("{url}?name={name}")).header("Content-Type", "application/octet-stream");
        Self::send(request.body(bytes)).map(drop)
    }
}

inert_fixture_does_not_build!();
