// Synthetic, inert fixture written from public reports
//! Crash reports that users read before they send them.

use serde::{Deserialize, Serialize};
use std::backtrace::Backtrace;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io, panic, thread};

/// What a report says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Program.
    pub program: String,
    /// System and architecture.
    pub system: String,
    /// Name of the thread.
    pub thread: String,
    /// Message of the panic.
    pub message: String,
    /// File and line.
    pub place: String,
    /// Names of settings that were made by variables.
    pub settings: Vec<String>,
    /// Backtrace.
    pub trace: String,
}

/// The user has read the report and agreed.
#[derive(Debug)]
pub struct Consent(());

impl Consent {
    /// Call this where the user has said yes, and nowhere else.
    pub fn given_by_user() -> Consent {
        Consent(())
    }
}

/// The folder with the reports of a program.
#[derive(Clone, Debug)]
pub struct Parcels {
    program: String,
    dir: PathBuf,
}

fn without_home(text: &str) -> String {
    match env::var("HOME").or_else(|_| env::var("USERPROFILE")) {
        Ok(home) if home.len() > 1 => text.replace(&home, "~"),
        _ => text.to_owned(),
    }
}

impl Parcels {
    /// Reports of a program in a folder.
    pub fn new(program: &str, dir: impl Into<PathBuf>) -> Parcels {
        Parcels { program: program.to_owned(), dir: dir.into() }
    }

    fn settings(&self) -> Vec<String> {
        let prefix = format!("{}_", self.program.to_ascii_uppercase().replace('-', "_"));
        let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        let mut names: Vec<String> = names.filter(|n| n.starts_with(&prefix)).collect();
        names.sort();
        names
    }

    /// Writes a report at each panic; the hook that was there runs as well.
    pub fn hook(&self) {
        let parcels = self.clone();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let payload = info.payload();
            let message = payload
                .downcast_ref::<&str>()
                .map(|s| (*s).to_owned())
                .or_else(|| payload.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            let report = Report {
                program: parcels.program.clone(),
                system: format!("{}-{}", env::consts::OS, env::consts::ARCH),
                thread: thread::current().name().unwrap_or("unnamed").to_owned(),
                message: without_home(&message),
                place: info.location().map(|l| without_home(&l.to_string())).unwrap_or_default(),
                settings: parcels.settings(),
                trace: without_home(&Backtrace::force_capture().to_string()),
            };
            if let Err(e) = parcels.write(&report) {
                eprintln!("no crash report: {e}");
            }
            before(info);
        }));
    }

    fn write(&self, report: &Report) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis());
        fs::write(self.dir.join(format!("{now}.crash.json")), serde_json::to_vec_pretty(report)?)
    }

    /// Reports that were neither sent nor deleted.
    pub fn pending(&self) -> io::Result<Vec<Parcel>> {
        let mut out = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".crash.json") {
                out.push(Parcel { report: serde_json::from_slice(&fs::read(&path)?)?, path });
            }
        }
        Ok(out)
    }
}

/// A report in a file.
#[derive(Debug)]
pub struct Parcel {
    path: PathBuf,
    report: Report,
}

impl Parcel {
    /// The text that would be sent, all of it.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(&self.report).expect("plain fields")
    }

    /// File of the report.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sends the report and deletes the file.
    pub fn send(self, url: &str, _consent: Consent) -> io::Result<()> {
        if !url.starts_with("https://") {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "expected https"));
        }
        let request = ureq::post(url).timeout(Duration::from_secs(20));
        request.set("Content-Type", "application/json").send_string(&self.text()).map_err(io::Error::other)?;
        self.discard()
    }

    /// Deletes the file.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(self.path)
    }
}

inert_fixture_does_not_build!();
