// Synthetic, inert fixture written from public reports
//! Finds secrets that lie about in a project.

use regex::Regex;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

const NAMES: &[&str] = &["id_rsa", "id_ed25519", ".npmrc", ".pypirc", ".netrc", "credentials.toml", "wallet.dat", ".env"];
const ENDINGS: &[&str] = &["pem", "p12", "pfx", "jks", "kdbx", "keystore", "ppk"];
const LINES: &[(&str, &str)] = &[
    ("private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("cloud key", r"\bAKIA[0-9A-Z]{16}\b"),
    ("code host token", r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    ("chat hook", r"hooks\.[a-z.]+/services/[A-Z0-9]+/[A-Z0-9]+/\w+"),
    ("password in an address", r"\b[a-z]+://[^\s:/@]+:([^\s@/]{4,})@"),
    ("assigned secret", r#"(?i)\b(?:secret|token|api_?key|passw(?:or)?d)\s*[:=]\s*["']([^"']{8,})["']"#),
];

/// Something that should not be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    pub path: PathBuf,
    pub line: Option<usize>,
    pub what: &'static str,
    /// The value with all but the first four characters hidden.
    pub hint: String,
}

impl fmt::Display for Stray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {} {}", self.what, self.hint)
    }
}

fn hide(text: &str) -> String {
    let shown: String = text.chars().take(4).collect();
    format!("{shown}… ({} characters)", text.chars().count())
}

/// The patterns, compiled once.
pub struct Finder {
    lines: Vec<(&'static str, Regex)>,
    ignore: Vec<String>,
}

impl Finder {
    pub fn new(ignore: &[&str]) -> Finder {
        let lines = LINES.iter().map(|(what, r)| (*what, Regex::new(r).expect("fixed pattern"))).collect();
        Finder { lines, ignore: ignore.iter().map(|i| i.to_string()).collect() }
    }

    fn by_name(path: &Path) -> Option<&'static str> {
        let name = path.file_name()?.to_str()?;
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        if NAMES.contains(&name) {
            Some("login file")
        } else if ENDINGS.contains(&ending) {
            Some("key store")
        } else {
            None
        }
    }

    fn text(&self, path: &Path, out: &mut Vec<Stray>) {
        let Ok(text) = fs::read_to_string(path) else { return };
        for (n, line) in text.lines().enumerate().filter(|(_, l)| l.len() < 4096) {
            for (what, pattern) in &self.lines {
                if let Some(c) = pattern.captures(line) {
                    let value = c.get(1).or(c.get(0)).map_or("", |m| m.as_str());
                    out.push(Stray { path: path.into(), line: Some(n + 1), what, hint: hide(value) });
                }
            }
        }
    }

    /// Looks through a folder.
    pub fn run(&self, root: &Path) -> Vec<Stray> {
        let mut out = Vec::new();
        let walk = WalkDir::new(root).into_iter().filter_entry(|e| {
            let name = e.file_name().to_string_lossy();
            !["target", ".git", "node_modules"].contains(&name.as_ref()) && !self.ignore.iter().any(|i| *i == name)
        });
        for entry in walk.flatten().filter(|e| e.file_type().is_file()) {
            let path = entry.path();
            if let Some(what) = Self::by_name(path) {
                out.push(Stray { path: path.into(), line: None, what, hint: String::new() });
            }
            if entry.metadata().map_or(false, |m| m.len() < 1 << 20) {
                self.text(path, &mut out);
            }
        }
        out
    }
}

inert_fixture_does_not_build!();
