// Synthetic, inert fixture written from public reports
//! Crash reports with consent.

use std::backtrace::Backtrace;
use std::fs;
use std::io;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where reports are kept and sent.
#[derive(Clone, Debug)]
pub struct Reporter {
    folder: PathBuf,
    endpoint: String,
    program: String,
    version: String,
}

/// A report that was kept.
#[derive(Debug)]
pub struct Report {
    path: PathBuf,
    pub text: String,
}

/// Proof that the user was asked; made by the function of your dialog.
pub struct Consent(());

impl Consent {
    /// Call this when the user has said yes to the text that will be sent.
    pub fn given() -> Consent {
        Consent(())
    }
}

fn without_home(text: &str) -> String {
    match std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE")) {
        Ok(home) if home.len() > 1 => text.replace(&home, "~"),
        _ => text.to_owned(),
    }
}

impl Reporter {
    pub fn new(folder: impl Into<PathBuf>, endpoint: &str, program: &str, version: &str) -> Reporter {
        Reporter {
            folder: folder.into(),
            endpoint: endpoint.into(),
            program: program.into(),
            version: version.into(),
        }
    }

    /// Keeps panics from now on; the hook that was there still runs.
    pub fn install(&self) {
        let me = self.clone();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let _ = me.keep(&format!("{info}\n\n{}", Backtrace::force_capture()));
            before(info);
        }));
    }

    fn keep(&self, what: &str) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let path = self.folder.join(format!("{seconds}.crash.txt"));
        let text = format!(
            "program: {} {}\nsystem: {} {}\n\n{}\n",
            self.program,
            self.version,
            std::env::consts::OS,
            std::env::consts::ARCH,
            without_home(what)
        );
        fs::write(&path, text)?;
        Ok(path)
    }

    /// Reports that were not sent yet, the oldest first.
    pub fn pending(&self) -> io::Result<Vec<Report>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".crash.txt") {
                all.push(Report { text: fs::read_to_string(&path)?, path });
            }
        }
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(all)
    }

    /// Uploads a report as it was shown, and removes it.
    pub fn send(&self, report: Report, _consent: Consent) -> Result<(), Box<dyn std::error::Error>> {
        ureq::post(&self.endpoint)
            .timeout(Duration::from_secs(15))
            .set("Content-Type", "text/plain; charset=utf-8")
            .send_string(&report.text)?;
        discard(&report.path)?;
        Ok(())
    }
}

fn discard(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

inert_fixture_does_not_build!();
