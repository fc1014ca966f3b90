// Synthetic, inert fixture written from public reports; see README
//! Breached passwords, by ranges.

use sha1::{Digest, Sha1};
use std::time::Duration;

/// A client of a range server.
pub struct LeakCheck {
    server: String,
    agent: ureq::Agent,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Error {
    Server(u16),
    Network,
    Answer,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02X}")).collect()
}

impl Default for LeakCheck {
    fn default() -> Self {
        LeakCheck::with_server("https://ranges.leakcheck.invalid")
    }
}

impl LeakCheck {
    pub fn with_server(server: &str) -> LeakCheck {
        LeakCheck {
            server: server.trim_end_matches('/').to_string(),
            agent: ureq::AgentBuilder::new().timeout(Duration::from_secs(10)).build(),
        }
    }

    fn range(&self, prefix: &str) -> Result<String, Error> {
        match self.agent.get(&format!("{}/range/{prefix}", self.server)).call() {
            Ok(answer) => answer.into_string().map_err(|_| Error::Answer),
            Err(ureq::Error::Status(code, _)) => Err(Error::Server(code)),
            Err(_) => Err(Error::Network),
        }
    }

    /// How often a password was seen in breaches.
    pub fn count(&self, password: &str) -> Result<u64, Error> {
        let digest = hex(&Sha1::digest(password.as_bytes()));
        let (prefix, rest) = digest.split_at(5);
        for line in self.range(prefix)?.lines() {
            let (suffix, count) = line.split_once(':').ok_or(Error::Answer)?;
            if suffix.eq_ignore_ascii_case(rest) {
                return count.trim().parse().map_err(|_| Error::Answer);
            }
        }
        Ok(0)
    }

    /// Whether a password may be taken.
    pub fn acceptable(&self, password: &str) -> Result<bool, Error> {
        Ok(password.chars().count() >= 10 && self.count(password)? == 0)
    }
}

inert_fixture_does_not_build!();
