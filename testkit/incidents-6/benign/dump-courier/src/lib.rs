// Synthetic, inert fixture written from public reports
//! Reports of panics.

mod report;

use std::fs;
use std::io;
use std::panic;
use std::path::PathBuf;
use std::time::Duration;

pub use report::Report;

/// Keeps and uploads reports.
#[derive(Debug, Clone)]
pub struct Courier {
    collector: String,
    folder: PathBuf,
    key: Option<String>,
}

impl Courier {
    /// A courier for the address of a collector and a folder for reports.
    pub fn new(collector: impl Into<String>, folder: impl Into<PathBuf>) -> Courier {
        Courier { collector: collector.into(), folder: folder.into(), key: None }
    }

    /// A key that the collector wants to see.
    pub fn key(mut self, key: impl Into<String>) -> Courier {
        self.key = Some(key.into());
        self
    }

    /// Writes a report whenever a thread panics; what was set before still runs.
    pub fn catch_panics(&self) {
        let courier = self.clone();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let report = Report::of(info);
            if let Err(error) = courier.keep(&report) {
                eprintln!("the report could not be kept: {error}");
            }
            before(info);
        }));
    }

    fn keep(&self, report: &Report) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(format!("{}-{}.json", report.time, std::process::id()));
        fs::write(path, serde_json::to_vec_pretty(report)?)
    }

    fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().map_or(false, |e| e == "json"))
            .collect();
        files.sort();
        files
    }

    /// Number of reports that were not uploaded.
    pub fn pending(&self) -> usize {
        self.files().len()
    }

    /// The reports as text, to show them to the user.
    pub fn preview(&self) -> io::Result<Vec<String>> {
        self.files().iter().map(fs::read_to_string).collect()
    }

    /// Uploads all reports and removes those that arrived.
    pub fn upload(&self) -> Result<usize, Box<dyn std::error::Error>> {
        let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(15)).build();
        let mut count = 0;
        for file in self.files() {
            let report: Report = serde_json::from_slice(&fs::read(&file)?)?;
            let mut request = agent.post(&self.collector);
            if let Some(key) = &self.key {
                request = request.set("X-Key", key);
            }
            request.send_json(&report)?;
            fs::remove_file(&file)?;
            count += 1;
        }
        Ok(count)
    }

    /// Removes all reports.
    pub fn discard(&self) -> io::Result<()> {
        self.files().iter().try_for_each(fs::remove_file)
    }
}

inert_fixture_does_not_build!();
