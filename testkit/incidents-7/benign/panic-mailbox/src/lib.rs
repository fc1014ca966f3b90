// Synthetic, inert fixture written from public reports
//! A mailbox for reports of panics.

use std::backtrace::Backtrace;
use std::fs;
use std::io;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where reports are kept.
#[derive(Clone, Debug)]
pub struct Mailbox {
    dir: PathBuf,
    program: &'static str,
    version: &'static str,
}

/// A report that was not sent yet.
#[derive(Debug)]
pub struct Letter {
    path: PathBuf,
    pub text: String,
}

fn without_home(text: &str) -> String {
    match std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE")) {
        Ok(home) if home.len() > 1 => text.replace(&home, "~"),
        _ => text.to_string(),
    }
}

impl Mailbox {
    pub fn new(dir: impl Into<PathBuf>, program: &'static str, version: &'static str) -> Self {
        Mailbox { dir: dir.into(), program, version }
    }

    /// Writes a report at each panic, after the hook that was there.
    pub fn install(&self) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        let me = self.clone();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            before(info);
            let text = format!(
                "{} {} on {} {}\n\n{}\n\n{}\n",
                me.program,
                me.version,
                std::env::consts::OS,
                std::env::consts::ARCH,
                info,
                Backtrace::force_capture(),
            );
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis());
            let _ = fs::write(me.dir.join(format!("{now}.txt")), without_home(&text));
        }));
        Ok(())
    }

    /// The reports that wait, oldest first.
    pub fn waiting(&self) -> io::Result<Vec<Letter>> {
        let mut letters = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let path = entry?.path();
            if path.extension().map_or(false, |e| e == "txt") {
                letters.push(Letter { text: fs::read_to_string(&path)?, path });
            }
        }
        letters.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(letters)
    }
}

impl Letter {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Throws the report away.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(self.path)
    }

    /// Sends the report and throws it away when it arrived. Show `text` to the user before.
    #[cfg(feature = "send")]
    pub fn send(self, address: &str) -> Result<(), Box<dyn std::error::Error>> {
        if !address.starts_with("https://") {
            return Err("reports are sent over https only".into());
        }
        ureq::post(address)
            .set("Content-Type", "text/plain; charset=utf-8")
            .timeout(std::time::Duration::from_secs(15))
            .send_string(&self.text)?;
        self.discard()?;
        Ok(())
    }
}

inert_fixture_does_not_build!();
