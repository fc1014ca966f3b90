// Synthetic, inert fixture written from public reports
//! Usage counts with consent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    on: bool,
    counts: BTreeMap<String, u64>,
}

/// Counts the use of features.
pub struct Pulse {
    file: PathBuf,
    names: &'static [&'static str],
    kept: Kept,
}

fn refused() -> bool {
    env::var("DO_NOT_TRACK").is_ok_and(|v| v != "0" && !v.is_empty()) || env::var_os("CI").is_some()
}

impl Pulse {
    /// Opens the file with the decision and the counts.
    pub fn open(file: &Path, names: &'static [&'static str]) -> Pulse {
        let kept = fs::read(file).ok().and_then(|b| serde_json::from_slice(&b).ok()).unwrap_or_default();
        Pulse { file: file.to_owned(), names, kept }
    }

    /// Whether the user agreed and nothing speaks against it.
    pub fn is_on(&self) -> bool {
        self.kept.on && !refused()
    }

    /// The user agreed.
    pub fn turn_on(&mut self) -> io::Result<()> {
        self.kept.on = true;
        self.save()
    }

    /// The user does not agree any more; the counts are deleted.
    pub fn turn_off(&mut self) -> io::Result<()> {
        self.kept = Kept::default();
        self.save()
    }

    /// Counts the use of a declared feature.
    pub fn count(&mut self, name: &str) {
        if self.is_on() && self.names.contains(&name) {
            *self.kept.counts.entry(name.to_owned()).or_default() += 1;
        }
    }

    /// What would be sent.
    pub fn preview(&self, version: &str) -> serde_json::Value {
        serde_json::json!({
            "version": version,
            "system": env::consts::OS,
            "counts": self.kept.counts,
        })
    }

    /// Sends the counts to a server of the program and begins anew.
    pub fn send(&mut self, server: &str, version: &str) -> Result<bool, Box<dyn std::error::Error>> {
        if !self.is_on() || self.kept.counts.is_empty() {
            return Ok(false);
        }
        ureq::post(server).timeout(Duration::from_secs(5)).send_json(self.preview(version))?;
        self.kept.counts.clear();
        self.save()?;
        Ok(true)
    }

    fn save(&self) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, serde_json::to_vec_pretty(&self.kept)?)
    }
}

inert_fixture_does_not_build!();
