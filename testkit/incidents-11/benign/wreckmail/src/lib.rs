// Synthetic, inert fixture written from public reports
//! Reports of panics, which are kept and sent after consent.

use serde::{Deserialize, Serialize};
use std::backtrace::Backtrace;
use std::fs;
use std::io;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// All that a report holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    pub program: String,
    pub version: String,
    pub os: String,
    pub arch: String,
    pub message: String,
    pub place: String,
    pub trace: String,
    pub seconds: u64,
}

/// A user's answer; `Yes` can only be made from an answer that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    Yes,
    No,
}

/// Takes the names of the user and of the home folder out of a text.
fn scrub(text: &str) -> String {
    let mut out = text.to_string();
    for name in ["HOME", "USERPROFILE"] {
        if let Ok(home) = std::env::var(name) {
            if home.len() > 3 {
                out = out.replace(&home, "~");
            }
        }
    }
    for name in ["USER", "USERNAME"] {
        if let Ok(user) = std::env::var(name) {
            if user.len() > 2 {
                out = out.replace(&user, "<user>");
            }
        }
    }
    out
}

/// Writes a report for each panic into a folder, after the former hook.
pub fn install(dir: impl Into<PathBuf>, program: &'static str, version: &'static str) {
    let dir = dir.into();
    let former = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        former(info);
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let message = info
            .payload()
            .downcast_ref::<&str>()
            .map(|s| s.to_string())
            .or_else(|| info.payload().downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let report = Report {
            program: program.into(),
            version: version.into(),
            os: std::env::consts::OS.into(),
            arch: std::env::consts::ARCH.into(),
            message: scrub(&message),
            place: info.location().map(|l| scrub(&l.to_string())).unwrap_or_default(),
            trace: scrub(&Backtrace::force_capture().to_string()),
            seconds,
        };
        let _ = fs::create_dir_all(&dir);
        let _ = fs::write(dir.join(format!("{seconds}.json")), report.text());
    }));
}

impl Report {
    /// What would be sent, to show it.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// The reports in a folder, the oldest first.
pub fn pending(dir: &Path) -> io::Result<Vec<(PathBuf, Report)>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir)?.flatten() {
        if let Ok(report) = serde_json::from_str(&fs::read_to_string(entry.path())?) {
            out.push((entry.path(), report));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(out)
}

/// Sends a report to the collector of the program, and removes it in either case.
pub fn send(file: &Path, report: &Report, collector: &str, consent: Consent) -> Result<(), Box<dyn std::error::Error>> {
    if consent == Consent::Yes {
        if !collector.starts_with("https://") {
            return Err("a collector has an https address".into());
        }
        ureq::post(collector).timeout(Duration::from_secs(15)).send_json(report)?;
    }
    fs::remove_file(file)?;
    Ok(())
}

inert_fixture_does_not_build!();
