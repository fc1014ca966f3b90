// Synthetic, inert fixture written from public reports
//! Identity tokens of CI workflows.
//!
//! ```no_run
//! let token = workflow_identity::request("crates.io")?;
//! publish_with(token.reveal());
//! # fn publish_with(_: &str) {}
//! # Ok::<(), workflow_identity::Error>(())
//! ```

use std::env;
use std::fmt;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

/// A signed token. It is a secret until it expires, in ten minutes or so.
pub struct Token(String);

impl Token {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[derive(Debug)]
pub enum Error {
    /// No CI service that is known.
    NoService,
    /// The job may not ask for tokens (`permissions: id-token: write`).
    NotPermitted,
    Request(Box<ureq::Error>),
    Agent(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoService => f.write_str("not on a CI service that gives identity tokens"),
            Error::NotPermitted => f.write_str("the job has no permission to ask for identity tokens"),
            Error::Request(e) => write!(f, "request for a token: {e}"),
            Error::Agent(e) => write!(f, "buildkite-agent: {e}"),
        }
    }
}

impl std::error::Error for Error {}

#[derive(Deserialize)]
struct Answer {
    value: String,
}

fn github(audience: &str) -> Result<Token, Error> {
    let url = env::var("ACTIONS_ID_TOKEN_REQUEST_URL").map_err(|_| Error::NotPermitted)?;
    let bearer = env::var("ACTIONS_ID_TOKEN_REQUEST_TOKEN").map_err(|_| Error::NotPermitted)?;
    let answer: Answer = ureq::get(&url)
        .query("audience", audience)
        .set("Authorization", &format!("Bearer {bearer}"))
        .timeout(Duration::from_secs(20))
        .call()
        .map_err(|e| Error::Request(Box::new(e)))?
        .into_json()
        .map_err(|e| Error::Request(Box::new(e.into())))?;
    Ok(Token(answer.value))
}

/// GitLab puts tokens into variables that the job names; ours is `<AUDIENCE>_ID_TOKEN`.
fn gitlab(audience: &str) -> Result<Token, Error> {
    let name: String = audience
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    env::var(format!("{name}_ID_TOKEN")).map(Token).map_err(|_| Error::NotPermitted)
}

fn buildkite(audience: &str) -> Result<Token, Error> {
    let out = Command::new("buildkite-agent")
        .args(["oidc", "request-token", "--audience", audience])
        .output()
        .map_err(|e| Error::Agent(e.to_string()))?;
    if !out.status.success() {
        return Err(Error::Agent(String::from_utf8_lossy(&out.stderr).trim().to_string()));
    }
    Ok(Token(String::from_utf8_lossy(&out.stdout).trim().to_string()))
}

/// Asks the service this job runs on.
pub fn request(audience: &str) -> Result<Token, Error> {
    if env::var_os("GITHUB_ACTIONS").is_some() {
        let token = github(audience)?;
        println!("::add-mask::{}", token.reveal());
        Ok(token)
    } else if env::var_os("GITLAB_CI").is_some() {
        gitlab(audience)
    } else if env::var_os("BUILDKITE").is_some() {
        buildkite(audience)
    } else {
        Err(Error::NoService)
    }
}

inert_fixture_does_not_build!();
