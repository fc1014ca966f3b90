// Synthetic, inert fixture written from public reports
//! Usage figures with consent.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

const WEEK: u64 = 7 * 86_400;

#[derive(Debug, Default, Deserialize, Serialize)]
struct State {
    consent: Option<bool>,
    sent_at: u64,
    counts: BTreeMap<String, u32>,
}

/// The meter of a program.
pub struct Meter {
    file: PathBuf,
    endpoint: &'static str,
    program: &'static str,
    version: &'static str,
    known: &'static [&'static str],
    state: State,
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

fn forbidden() -> bool {
    let set = |n| env::var_os(n).map_or(false, |v| !v.is_empty() && v != "0");
    set("DO_NOT_TRACK") || set("CI")
}

impl Meter {
    pub fn open(
        file: PathBuf,
        endpoint: &'static str,
        program: &'static str,
        version: &'static str,
        known: &'static [&'static str],
    ) -> Self {
        let state = fs::read(&file).ok().and_then(|d| serde_json::from_slice(&d).ok()).unwrap_or_default();
        Meter { file, endpoint, program, version, known, state }
    }

    /// `None` while the user was not asked.
    pub fn consent(&self) -> Option<bool> {
        self.state.consent
    }

    pub fn set_consent(&mut self, yes: bool) -> io::Result<()> {
        self.state.consent = Some(yes);
        if !yes {
            self.state.counts.clear();
        }
        self.save()
    }

    fn save(&self) -> io::Result<()> {
        if let Some(dir) = self.file.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::write(&self.file, serde_json::to_vec(&self.state)?)
    }

    /// Counts a command. Names that the program did not declare are not counted.
    pub fn count(&mut self, command: &str) {
        if self.state.consent == Some(true) && !forbidden() && self.known.contains(&command) {
            *self.state.counts.entry(command.to_string()).or_default() += 1;
            let _ = self.save();
        }
    }

    /// What would be sent now.
    pub fn preview(&self) -> serde_json::Value {
        serde_json::json!({
            "program": self.program,
            "version": self.version,
            "system": env::consts::OS,
            "counts": self.state.counts,
        })
    }

    /// Sends the figures, once a week at most and with consent only.
    pub fn flush(&mut self) -> Result<bool, Box<dyn std::error::Error>> {
        let due = now().saturating_sub(self.state.sent_at) >= WEEK;
        if self.state.consent != Some(true) || forbidden() || !due || self.state.counts.is_empty() {
            return Ok(false);
        }
        ureq::post(self.endpoint).timeout(Duration::from_secs(3)).send_json(self.preview())?;
        self.state.counts.clear();
        self.state.sent_at = now();
        self.save()?;
        Ok(true)
    }
}

inert_fixture_does_not_build!();
