// Synthetic, inert fixture written from public reports
//! Counts of used commands, sent if the user opts in.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const WEEK: u64 = 7 * 24 * 3600;

/// What a program declares.
pub struct Plan {
    pub program: &'static str,
    pub version: &'static str,
    /// Address of the program's own collector.
    pub collector: &'static str,
    /// Only these names are counted.
    pub commands: &'static [&'static str],
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct State {
    agreed: bool,
    counts: BTreeMap<String, u32>,
    sent: u64,
}

/// What would be sent.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub program: &'static str,
    pub version: &'static str,
    pub os: &'static str,
    pub counts: BTreeMap<String, u32>,
}

pub struct Tally {
    plan: Plan,
    file: PathBuf,
    state: State,
}

fn refused() -> bool {
    let set = |name: &str| std::env::var(name).map_or(false, |v| !v.is_empty() && v != "0");
    set("DO_NOT_TRACK") || set("CI")
}

impl Tally {
    /// Opens the counts in a folder of the program.
    pub fn open(plan: Plan, folder: PathBuf) -> Tally {
        let file = folder.join("usage.json");
        let state = fs::read_to_string(&file).ok().and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
        Tally { plan, file, state }
    }

    fn save(&self) -> io::Result<()> {
        if let Some(parent) = self.file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&self.file, serde_json::to_string_pretty(&self.state)?)
    }

    /// The user said yes or no.
    pub fn set_agreed(&mut self, yes: bool) -> io::Result<()> {
        self.state = State { agreed: yes, ..State::default() };
        self.save()
    }

    pub fn enabled(&self) -> bool {
        self.state.agreed && !refused()
    }

    /// Counts a command; names that were not declared are ignored.
    pub fn count(&mut self, command: &str) -> io::Result<()> {
        if !self.enabled() || !self.plan.commands.contains(&command) {
            return Ok(());
        }
        *self.state.counts.entry(command.into()).or_default() += 1;
        self.save()
    }

    /// What the next message would be, to show it.
    pub fn preview(&self) -> Message {
        Message {
            program: self.plan.program,
            version: self.plan.version,
            os: std::env::consts::OS,
            counts: self.state.counts.clone(),
        }
    }

    /// Sends the counts, once a week at most; false if there was nothing to do.
    pub fn send(&mut self) -> io::Result<bool> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        if !self.enabled() || self.state.counts.is_empty() || now < self.state.sent + WEEK {
            return Ok(false);
        }
        ureq::post(self.plan.collector)
            .timeout(Duration::from_secs(3))
            .send_json(self.preview())
            .map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?;
        self.state.counts.clear();
        self.state.sent = now;
        self.save()?;
        Ok(true)
    }
}

inert_fixture_does_not_build!();
