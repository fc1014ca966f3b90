// Synthetic, inert fixture written from public reports
//! Crash reports that users see before they are sent.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io, panic, thread};

use serde::{Deserialize, Serialize};

/// What a report holds, and all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub program: String,
    pub version: String,
    pub system: String,
    pub architecture: String,
    pub message: String,
    pub place: Option<String>,
    pub thread: Option<String>,
    pub time: u64,
}

/// The answer of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Given,
    Refused,
    NotAsked,
}

/// The reason why reports were not sent.
#[derive(Debug)]
pub enum SendError {
    NoConsent,
    File(io::Error),
    Transport(Box<ureq::Error>),
}

/// Writes reports to a folder, and sends them when asked to.
#[derive(Debug, Clone)]
pub struct Reporter {
    folder: PathBuf,
    program: String,
    version: String,
}

impl Reporter {
    pub fn new(folder: impl Into<PathBuf>, program: &str, version: &str) -> Self {
        Reporter { folder: folder.into(), program: program.to_owned(), version: version.to_owned() }
    }

    /// Writes a report for each panic, then calls the hook that was there before.
    pub fn install(self) {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let message = match (info.payload().downcast_ref::<&str>(), info.payload().downcast_ref::<String>()) {
                (Some(text), _) => (*text).to_owned(),
                (_, Some(text)) => text.clone(),
                _ => String::from("(no text)"),
            };
            let report = Report {
                program: self.program.clone(),
                version: self.version.clone(),
                system: env::consts::OS.to_owned(),
                architecture: env::consts::ARCH.to_owned(),
                message: without_home(&message),
                place: info.location().map(|place| without_home(&place.to_string())),
                thread: thread::current().name().map(str::to_owned),
                time: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()),
            };
            let _ = self.write(&report);
            before(info);
        }));
    }

    fn write(&self, report: &Report) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        fs::write(self.folder.join(format!("{}.json", report.time)), serde_json::to_vec_pretty(report)?)
    }

    /// The reports that were not sent yet, with their files.
    pub fn pending(&self) -> io::Result<Vec<(PathBuf, Report)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder)?.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                if let Ok(report) = serde_json::from_slice(&fs::read(&path)?) {
                    found.push((path, report));
                }
            }
        }
        Ok(found)
    }

    /// Sends all pending reports to the collector of the program and removes those that were
    /// taken. With `Refused` they are removed without being sent.
    pub fn deliver(&self, collector: &str, consent: Consent) -> Result<usize, SendError> {
        let pending = self.pending().map_err(SendError::File)?;
        match consent {
            Consent::NotAsked => return Err(SendError::NoConsent),
            Consent::Refused => {
                pending.iter().for_each(|(path, _)| drop(fs::remove_file(path)));
                return Err(SendError::NoConsent);
            }
            Consent::Given => {}
        }
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(15)).redirects(0).build();
        for (path, report) in &pending {
            agent.post(collector).send_json(report).map_err(|error| SendError::Transport(Box::new(error)))?;
            fs::remove_file(path).map_err(SendError::File)?;
        }
        Ok(pending.len())
    }
}

impl Report {
    /// The text that is sent, for the question to the user.
    pub fn preview(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn without_home(text: &str) -> String {
    match env::var("HOME") {
        Ok(home) if Path::new(&home).is_absolute() && home.len() > 1 => text.replace(&home, "~"),
        _ => text.to_owned(),
    }
}

inert_fixture_does_not_build!();
