// Synthetic, inert fixture written from public reports; see README
//! Usage figures with consent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

const WEEK: u64 = 7 * 24 * 3600;

/// Counts of a program, kept in one file.
pub struct Counts {
    file: PathBuf,
    address: String,
    known: &'static [&'static str],
    state: State,
}

#[derive(Default)]
struct State {
    consent: bool,
    last: u64,
    counts: BTreeMap<String, u64>,
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

fn forbidden() -> bool {
    env::var("DO_NOT_TRACK").is_ok_and(|v| v != "0") || env::var_os("CI").is_some()
}

impl Counts {
    /// `known` are the only names that are ever counted.
    pub fn open(file: &Path, address: &str, known: &'static [&'static str]) -> Self {
        let mut state = State::default();
        let text = fs::read_to_string(file).unwrap_or_default();
        let v: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        state.consent = v["consent"].as_bool().unwrap_or(false);
        state.last = v["last"].as_u64().unwrap_or(0);
        for (k, n) in v["counts"].as_object().into_iter().flatten() {
            if known.contains(&k.as_str()) {
                state.counts.insert(k.clone(), n.as_u64().unwrap_or(0));
            }
        }
        Counts { file: file.to_path_buf(), address: address.to_string(), known, state }
    }

    pub fn consents(&self) -> bool {
        self.state.consent && !forbidden()
    }

    /// Turns counting on or off; off also deletes what was counted.
    pub fn set_consent(&mut self, yes: bool) -> io::Result<()> {
        self.state.consent = yes;
        if !yes {
            self.state.counts.clear();
        }
        self.save()
    }

    /// Counts one use, if the user has consented.
    pub fn count(&mut self, name: &str) -> io::Result<()> {
        if !self.consents() || !self.known.contains(&name) {
            return Ok(());
        }
        *self.state.counts.entry(name.to_string()).or_default() += 1;
        self.save()
    }

    /// Exactly what would be sent.
    pub fn preview(&self) -> String {
        serde_json::json!({ "counts": self.state.counts }).to_string()
    }

    /// Sends the counts if a week has passed; failures are silent and tried next time.
    pub fn send_if_due(&mut self) -> io::Result<bool> {
        if !self.consents() || self.state.counts.is_empty() || now() < self.state.last + WEEK {
            return Ok(false);
        }
        let sent = ureq::post(&self.address)
            .timeout(Duration::from_secs(3))
            .set("Content-Type", "application/json")
            .send_string(&self.preview())
            .is_ok();
        if sent {
            self.state.last = now();
            self.state.counts.clear();
            self.save()?;
        }
        Ok(sent)
    }

    fn save(&self) -> io::Result<()> {
        if let Some(dir) = self.file.parent() {
            fs::create_dir_all(dir)?;
        }
        let v = serde_json::json!({
            "consent": self.state.consent,
            "last": self.state.last,
            "counts": self.state.counts,
        });
        fs::write(&self.file, v.to_string())
    }
}

inert_fixture_does_not_build!();
