// Synthetic, inert fixture written from public reports; see README
//! Reports of panics, with consent.

use serde::{Deserialize, Serialize};
use std::{env, fs, io, panic, path::{Path, PathBuf}, time::{Duration, SystemTime, UNIX_EPOCH}};

/// What a report holds; nothing else is ever sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    pub program: String,
    pub version: String,
    pub os: String,
    pub arch: String,
    pub message: String,
    pub trace: String,
    #[serde(skip)]
    file: PathBuf,
}

/// Where reports are kept.
#[derive(Debug, Clone)]
pub struct Keeper {
    folder: PathBuf,
    program: &'static str,
    version: &'static str,
}

fn without_home(text: &str) -> String {
    let home = env::var("HOME").or_else(|_| env::var("USERPROFILE")).unwrap_or_default();
    if home.len() < 2 {
        text.to_string()
    } else {
        text.replace(&home, "~")
    }
}

impl Keeper {
    pub fn new(folder: impl Into<PathBuf>, program: &'static str, version: &'static str) -> Keeper {
        Keeper { folder: folder.into(), program, version }
    }

    /// Sets the panic hook; the old one is called as well.
    pub fn install(&self) {
        let keeper = self.clone();
        let old = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let report = Report {
                program: keeper.program.to_string(),
                version: keeper.version.to_string(),
                os: env::consts::OS.to_string(),
                arch: env::consts::ARCH.to_string(),
                message: without_home(&info.to_string()),
                trace: without_home(&format!("{:?}", backtrace::Backtrace::new())),
                file: PathBuf::new(),
            };
            // A failure to write must not hide the panic.
            let _ = keeper.keep(&report);
            old(info);
        }));
    }

    fn keep(&self, report: &Report) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis());
        fs::write(self.folder.join(format!("{now}.json")), serde_json::to_vec_pretty(report)?)
    }

    /// Reports that wait, oldest first; at most ten, older ones are removed.
    pub fn pending(&self) -> io::Result<Vec<Report>> {
        let mut files: Vec<PathBuf> = match fs::read_dir(&self.folder) {
            Ok(list) => list.flatten().map(|e| e.path()).filter(|p| is_report(p)).collect(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(e),
        };
        files.sort();
        let old = files.len().saturating_sub(10);
        for file in files.drain(..old) {
            fs::remove_file(file)?;
        }
        files
            .into_iter()
            .map(|file| {
                let mut report: Report = serde_json::from_slice(&fs::read(&file)?)?;
                report.file = file;
                Ok(report)
            })
            .collect()
    }
}

fn is_report(path: &Path) -> bool {
    path.extension().map_or(false, |e| e == "json")
}

impl Report {
    /// Exactly what `upload` sends.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Sends the report to the collector of your program and removes it.
    pub fn upload(self, collector: &str) -> Result<(), Box<dyn std::error::Error>> {
        if !collector.starts_with("https://") {
            return Err("the collector needs https".into());
        }
        ureq::post(collector)
            .timeout(Duration::from_secs(20))
            .set("Content-Type", "application/json")
            .send_string(&self.text())?;
        fs::remove_file(self.file)?;
        Ok(())
    }

    /// Removes the report.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(self.file)
    }
}

inert_fixture_does_not_build!();
