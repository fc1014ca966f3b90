// Synthetic, inert fixture written from public reports
//! Finds secrets in files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use regex::Regex;

const RULES: &[(&str, &str)] = &[
    ("aws access key", r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("github token", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    ("npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("crates.io token", r"\bcio[A-Za-z0-9]{32}\b"),
    ("slack hook", r"https://hooks\.slack\.com/services/[A-Z0-9/]+[A-Za-z0-9]{20,}"),
    ("discord hook", r"https://discord(app)?\.com/api/webhooks/\d+/[\w-]{50,}"),
    ("telegram bot", r"\b\d{8,10}:AA[\w-]{33}\b"),
    ("private key", r"-----BEGIN ((RSA|EC|OPENSSH|DSA) )?PRIVATE KEY-----"),
    ("hex key", r#"(?i)(private_?key|secret)["']?\s*[:=]\s*["']?(0x)?[0-9a-f]{64}\b"#),
    ("password in address", r"\b[a-z]+://[^/\s:@]+:[^/\s:@]{3,}@[\w.-]+"),
];

const SKIPPED: &[&str] = &[".git", "target", "node_modules", ".venv"];
const LARGEST: u64 = 1 << 20;

/// Something that looks like a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub file: PathBuf,
    pub line: usize,
    pub rule: &'static str,
    pub hint: String,
}

/// The rules, compiled.
pub struct Scanner {
    rules: Vec<(&'static str, Regex)>,
}

impl Default for Scanner {
    fn default() -> Self {
        Scanner { rules: RULES.iter().map(|(n, r)| (*n, Regex::new(r).expect("own pattern"))).collect() }
    }
}

fn hint(text: &str) -> String {
    let shown: String = text.chars().take(4).collect();
    format!("{shown}… ({} letters)", text.chars().count())
}

impl Scanner {
    /// Looks through a text.
    pub fn text(&self, file: &Path, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.contains("leak-lines:allow") {
                continue;
            }
            for (rule, pattern) in &self.rules {
                if let Some(hit) = pattern.find(line) {
                    let file = file.to_owned();
                    found.push(Finding { file, line: number + 1, rule, hint: hint(hit.as_str()) });
                }
            }
        }
        found
    }

    /// Looks through all files below a folder.
    pub fn folder(&self, folder: &Path) -> io::Result<Vec<Finding>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                if !SKIPPED.iter().any(|s| entry.file_name() == *s) {
                    found.extend(self.folder(&path)?);
                }
            } else if kind.is_file() && entry.metadata()?.len() <= LARGEST {
                if let Ok(text) = fs::read_to_string(&path) {
                    found.extend(self.text(&path, &text));
                }
            }
        }
        Ok(found)
    }
}

inert_fixture_does_not_build!();
