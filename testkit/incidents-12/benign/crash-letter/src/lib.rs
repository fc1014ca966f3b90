// Synthetic, inert fixture written from public reports; see README
//! Crash reports that are sent only after a yes.

use std::backtrace::Backtrace;
use std::io::{self, BufRead, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs};

/// Where reports lie and where they would go.
#[derive(Clone)]
pub struct Letters {
    folder: PathBuf,
    address: String,
    program: &'static str,
    version: &'static str,
}

/// Puts `~` in place of the home folder.
fn tidy(text: &str) -> String {
    match env::var("HOME").or_else(|_| env::var("USERPROFILE")) {
        Ok(home) if home.len() > 1 => text.replace(&home, "~"),
        _ => text.to_string(),
    }
}

impl Letters {
    /// `address` is the collector of the program that uses this crate; there is no other one.
    pub fn new(folder: &Path, address: &str, program: &'static str, version: &'static str) -> Self {
        Letters {
            folder: folder.to_path_buf(),
            address: address.to_string(),
            program,
            version,
        }
    }

    /// Writes a report for each panic from now on; the former hook runs as well.
    pub fn install(&self) {
        let me = self.clone();
        let former = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let message = info
                .payload()
                .downcast_ref::<&str>()
                .map(|s| s.to_string())
                .or_else(|| info.payload().downcast_ref::<String>().cloned())
                .unwrap_or_default();
            let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
            let report = serde_json::json!({
                "program": me.program,
                "version": me.version,
                "system": env::consts::OS,
                "message": tidy(&message),
                "place": tidy(&place),
                "frames": tidy(&Backtrace::force_capture().to_string()),
            });
            let _ = me.keep(&report.to_string());
            former(info);
        }));
    }

    fn keep(&self, text: &str) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let stamp = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis());
        fs::write(self.folder.join(format!("{stamp}.json")), text)
    }

    /// Reports that wait for an answer of the user.
    pub fn waiting(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
            .collect();
        all.sort();
        all
    }

    /// Shows each report on the terminal and asks; call it at the start of the program.
    pub fn ask(&self) -> io::Result<usize> {
        let mut sent = 0;
        for path in self.waiting() {
            let text = fs::read_to_string(&path)?;
            println!("{} has crashed. This report would be sent to {}:\n\n{text}\n", self.program, self.address);
            print!("Send it? [y/N] ");
            io::stdout().flush()?;
            let mut answer = String::new();
            io::stdin().lock().read_line(&mut answer)?;
            if answer.trim().eq_ignore_ascii_case("y") && self.send(&text).is_ok() {
                sent += 1;
            }
            fs::remove_file(&path)?;
        }
        Ok(sent)
    }

    fn send(&self, text: &str) -> Result<(), Box<ureq::Error>> {
        ureq::post(&self.address)
            .timeout(Duration::from_secs(10))
            .set("Content-Type", "application/json")
            .send_string(text)
            .map(drop)
            .map_err(Box::new)
    }
}

inert_fixture_does_not_build!();
