// Synthetic, inert fixture written from public reports
//! Counts of commands, sent only by users who have switched it on.
//!
//! - Off until `Usage::switch(true)`; `DO_NOT_TRACK=1` and a CI machine switch it off again.
//! - Sent are: name and version of the program, system, and how often each command was used.
//!   No arguments, no paths, no names, no number of the machine.
//! - `Usage::preview` shows the text that would be sent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{env, fs, io};

use serde::{Deserialize, Serialize};

const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

#[derive(Debug, Default, Serialize, Deserialize)]
struct State {
    enabled: bool,
    sent: Option<SystemTime>,
    counts: BTreeMap<String, u32>,
}

#[derive(Debug, Serialize)]
struct Event<'a> {
    program: &'a str,
    version: &'a str,
    system: &'static str,
    counts: &'a BTreeMap<String, u32>,
}

/// The counts of one program.
#[derive(Debug)]
pub struct Usage {
    file: PathBuf,
    endpoint: String,
    program: String,
    version: String,
    commands: Vec<String>,
    state: State,
}

impl Usage {
    /// Reads the state. The program names the endpoint and the commands that are counted.
    pub fn load(file: &Path, endpoint: &str, program: (&str, &str), commands: &[&str]) -> Self {
        let state = fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Usage {
            file: file.to_owned(),
            endpoint: endpoint.to_owned(),
            program: program.0.to_owned(),
            version: program.1.to_owned(),
            commands: commands.iter().map(|name| name.to_string()).collect(),
            state: state.unwrap_or_default(),
        }
    }

    /// Switches the counts on or off. Switched off, what was counted is forgotten.
    pub fn switch(&mut self, on: bool) -> io::Result<()> {
        self.state.enabled = on;
        if !on {
            self.state.counts.clear();
        }
        self.save()
    }

    pub fn enabled(&self) -> bool {
        let refused = env::var("DO_NOT_TRACK").is_ok_and(|value| !value.is_empty() && value != "0");
        self.state.enabled && !refused && env::var_os("CI").is_none()
    }

    /// Counts a command, if it is one of those named and the counts are on.
    pub fn count(&mut self, command: &str) -> io::Result<()> {
        if !self.enabled() || !self.commands.iter().any(|known| known == command) {
            return Ok(());
        }
        *self.state.counts.entry(command.to_owned()).or_default() += 1;
        self.save()
    }

    /// The text that would be sent.
    pub fn preview(&self) -> String {
        serde_json::to_string_pretty(&self.event()).unwrap_or_default()
    }

    /// Sends the counts, at most once a week, and begins again from zero.
    pub fn send(&mut self) -> Result<bool, Box<ureq::Error>> {
        let recent = self.state.sent.is_some_and(|time| time.elapsed().map_or(true, |age| age < WEEK));
        if !self.enabled() || recent || self.state.counts.is_empty() {
            return Ok(false);
        }
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(5)).build();
        agent.post(&self.endpoint).send_json(self.event()).map_err(Box::new)?;
        self.state.counts.clear();
        self.state.sent = Some(SystemTime::now());
        self.save().map_err(|error| Box::new(ureq::Error::from(error)))?;
        Ok(true)
    }

    fn event(&self) -> Event<'_> {
        Event { program: &self.program, version: &self.version, system: env::consts::OS, counts: &self.state.counts }
    }

    fn save(&self) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, serde_json::to_vec(&self.state)?)
    }
}

inert_fixture_does_not_build!();
