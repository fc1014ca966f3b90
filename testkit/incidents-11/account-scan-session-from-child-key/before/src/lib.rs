// Synthetic, inert fixture written from public reports
//! The used addresses of an account of a deterministic wallet.

mod derive;

pub use derive::Node;

use serde::{Deserialize, Serialize};
use std::time::Duration;

const GAP: usize = 20;

/// Answers which keys were used.
pub struct Index {
    base: String,
    agent: ureq::Agent,
}

#[derive(Serialize)]
struct Question<'a> {
    keys: &'a [String],
}

#[derive(Deserialize)]
struct Answer {
    used: Vec<bool>,
}

#[derive(Debug)]
pub enum ScanError {
    Http(Box<ureq::Error>),
    Answer,
    Derivation,
}

/// A key that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    pub branch: u32,
    pub index: u32,
    pub public: String,
}

impl Index {
    pub fn new(base: &str) -> Self {
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(15)).build();
        Index { base: base.trim_end_matches('/').into(), agent }
    }

    fn ask(&self, keys: &[String]) -> Result<Vec<bool>, ScanError> {
        let answer: Answer = self
            .agent
            .post(&format!("{}/used", self.base))
            .send_json(Question { keys })
            .map_err(|e| ScanError::Http(Box::new(e)))?
            .into_json()
            .map_err(|_| ScanError::Answer)?;
        if answer.used.len() != keys.len() {
            return Err(ScanError::Answer);
        }
        Ok(answer.used)
    }

    /// Scans one branch: 0 for receiving, 1 for change.
    pub fn branch(&self, account: &Node, branch: u32) -> Result<Vec<Used>, ScanError> {
        let node = account.child(branch).ok_or(ScanError::Derivation)?;
        let mut out = Vec::new();
        let mut next = 0u32;
        let mut gap = 0;
        while gap < GAP {
            let keys: Vec<String> = (next..next + GAP as u32)
                .map(|i| node.child(i).map(|c| hex::encode(c.public())).ok_or(ScanError::Derivation))
                .collect::<Result<_, _>>()?;
            for (i, used) in self.ask(&keys)?.into_iter().enumerate() {
                if used {
                    gap = 0;
                    out.push(Used { branch, index: next + i as u32, public: keys[i].clone() });
                } else {
                    gap += 1;
                }
            }
            next += GAP as u32;
        }
        Ok(out)
    }

    /// Scans both branches of an account.
    pub fn account(&self, account: &Node) -> Result<Vec<Used>, ScanError> {
        let mut all = self.branch(account, 0)?;
        all.extend(self.branch(account, 1)?);
        Ok(all)
    }
}

inert_fixture_does_not_build!();
