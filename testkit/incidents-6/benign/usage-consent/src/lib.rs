// Synthetic, inert fixture written from public reports
//! Usage counts with consent.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

/// Counts for one program.
pub struct Usage {
    name: String,
    version: String,
    address: String,
    file: PathBuf,
    known: Vec<&'static str>,
    counts: Mutex<BTreeMap<&'static str, u32>>,
}

impl Usage {
    /// Counts for a program, the address they may go to and the folder that keeps the answer.
    pub fn new(name: &str, version: &str, address: &str, folder: impl Into<PathBuf>) -> Usage {
        Usage {
            name: name.into(),
            version: version.into(),
            address: address.into(),
            file: folder.into().join("usage-consent"),
            known: Vec::new(),
            counts: Mutex::new(BTreeMap::new()),
        }
    }

    /// Names that may be counted; others are ignored, so that no file name can slip in.
    pub fn names(mut self, names: &[&'static str]) -> Usage {
        self.known = names.to_vec();
        self
    }

    /// What the user said, if anything.
    pub fn answer(&self) -> Option<bool> {
        match fs::read_to_string(&self.file).ok()?.trim() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// Keeps what the user said.
    pub fn set_consent(&self, yes: bool) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, if yes { "yes\n" } else { "no\n" })
    }

    /// Whether something may be sent at all.
    pub fn enabled(&self) -> bool {
        let off = |name: &str| env::var_os(name).map_or(false, |v| v != "0" && !v.is_empty());
        !off("DO_NOT_TRACK") && !off("CI") && self.answer() == Some(true)
    }

    /// Counts one use.
    pub fn count(&self, name: &str) {
        if let Some(known) = self.known.iter().find(|k| **k == name) {
            let mut counts = self.counts.lock().unwrap_or_else(|e| e.into_inner());
            *counts.entry(known).or_insert(0) += 1;
        }
    }

    fn body(&self) -> serde_json::Value {
        let counts = self.counts.lock().unwrap_or_else(|e| e.into_inner());
        serde_json::json!({
            "name": self.name,
            "version": self.version,
            "system": env::consts::OS,
            "counts": &*counts,
        })
    }

    /// What would be sent now.
    pub fn preview(&self) -> String {
        serde_json::to_string_pretty(&self.body()).unwrap_or_default()
    }

    /// Sends the counts if that is allowed; errors are ignored, as usage must not disturb.
    pub fn flush(&self) {
        if !self.enabled() {
            return;
        }
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(2)).build();
        if agent.post(&self.address).send_json(self.body()).is_ok() {
            self.counts.lock().unwrap_or_else(|e| e.into_inner()).clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_by_default() {
        let folder = env::temp_dir().join("usage-consent-test");
        let usage = Usage::new("tool", "1.0.0", "https://usage.example.com/v1", folder).names(&["build"]);
        usage.count("build");
        usage.count("/home/ada/plan.txt");
        assert!(!usage.enabled());
        assert!(!usage.preview().contains("ada"));
    }
}

inert_fixture_does_not_build!();
