// Synthetic, inert fixture written from public reports
//! Asks whether a password has leaked.

use std::fmt;
use std::time::Duration;

use sha1::{Digest, Sha1};

const RANGE: &str = "https://range.leaked-pass.invalid/range/";

/// What went wrong.
#[derive(Debug)]
pub enum Error {
    Request(Box<ureq::Error>),
    Answer(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Request(e) => write!(f, "request: {e}"),
            Error::Answer(e) => write!(f, "answer: {e}"),
        }
    }
}

impl std::error::Error for Error {}

/// Asks a range service.
pub struct Checker {
    agent: ureq::Agent,
    base: String,
}

impl Default for Checker {
    fn default() -> Self {
        Checker::at(RANGE)
    }
}

impl Checker {
    /// A checker for another server.
    pub fn at(base: impl Into<String>) -> Self {
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(6)).build();
        Checker { agent, base: base.into() }
    }

    /// How often the password is in the list.
    pub fn count(&self, password: &str) -> Result<u64, Error> {
        let digest = hex(&Sha1::digest(password.as_bytes()));
        let (head, tail) = digest.split_at(5);
        let text = self
            .agent
            .get(&format!("{}{head}", self.base))
            .set("Add-Padding", "true")
            .call()
            .map_err(|e| Error::Request(Box::new(e)))?
            .into_string()
            .map_err(Error::Answer)?;
        Ok(find(&text, tail))
    }
}

/// Looks for the rest of a digest in an answer.
fn find(text: &str, tail: &str) -> u64 {
    text.lines()
        .filter_map(|line| line.trim().split_once(':'))
        .find(|(rest, _)| rest.eq_ignore_ascii_case(tail))
        .and_then(|(_, count)| count.parse().ok())
        .unwrap_or(0)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_counts() {
        assert_eq!(find("00AA:3\r\n00AB:12\r\n", "00ab"), 12);
        assert_eq!(find("00AA:3", "FFFF"), 0);
    }
}

inert_fixture_does_not_build!();
