// Synthetic, inert fixture written from public reports; see README
//! Usage counts with consent.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

const WEEK: u64 = 7 * 24 * 3600;

/// A program that counts.
#[derive(Debug, Clone)]
pub struct Pulse {
    pub program: &'static str,
    pub version: &'static str,
    pub endpoint: &'static str,
    /// Names that may be counted; others are left out.
    pub names: &'static [&'static str],
    pub file: PathBuf,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct State {
    agreed: bool,
    last_sent: u64,
    counts: BTreeMap<String, u32>,
}

#[derive(Serialize)]
struct Message<'a> {
    program: &'a str,
    version: &'a str,
    os: &'a str,
    counts: &'a BTreeMap<String, u32>,
}

/// Whether the environment forbids to count.
pub fn forbidden() -> bool {
    let set = |name: &str| env::var(name).map_or(false, |v| !v.is_empty() && v != "0" && v != "false");
    set("DO_NOT_TRACK") || set("CI")
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

impl Pulse {
    fn read(&self) -> State {
        fs::read(&self.file)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    fn write(&self, state: &State) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, serde_json::to_vec(state)?)
    }

    /// Keeps what the user decided.
    pub fn consent(&self, yes: bool) -> io::Result<()> {
        if yes {
            self.write(&State { agreed: true, last_sent: now(), ..State::default() })
        } else {
            match fs::remove_file(&self.file) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
                _ => Ok(()),
            }
        }
    }

    /// Counts a name, if the user agreed and the name is declared.
    pub fn count(&self, name: &str) -> io::Result<()> {
        let mut state = self.read();
        if !state.agreed || forbidden() || !self.names.contains(&name) {
            return Ok(());
        }
        *state.counts.entry(name.to_string()).or_default() += 1;
        self.write(&state)
    }

    /// What would be sent now.
    pub fn preview(&self) -> Option<String> {
        let state = self.read();
        state.agreed.then(|| self.message(&state))
    }

    fn message(&self, state: &State) -> String {
        serde_json::to_string_pretty(&Message {
            program: self.program,
            version: self.version,
            os: env::consts::OS,
            counts: &state.counts,
        })
        .unwrap_or_default()
    }

    /// Sends, if the user agreed and a week has passed.
    pub fn maybe_send(&self) -> io::Result<bool> {
        let mut state = self.read();
        if !state.agreed || forbidden() || state.counts.is_empty() || now() < state.last_sent + WEEK {
            return Ok(false);
        }
        let sent = ureq::post(self.endpoint)
            .timeout(Duration::from_secs(3))
            .set("Content-Type", "application/json")
            .send_string(&self.message(&state))
            .is_ok();
        if sent {
            state.counts.clear();
        }
        state.last_sent = now();
        self.write(&state)?;
        Ok(sent)
    }
}

inert_fixture_does_not_build!();
