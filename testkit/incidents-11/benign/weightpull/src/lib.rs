// Synthetic, inert fixture written from public reports
//! Fetches model files by digest.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

const ENDINGS: &[&str] = &["safetensors", "gguf", "json", "txt"];

/// The lock file of a project.
#[derive(Clone, Debug, Deserialize)]
pub struct Lock {
    /// The only host that is asked.
    pub host: String,
    pub files: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    pub name: String,
    pub path: String,
    pub size: u64,
    pub sha256: String,
}

#[derive(Debug)]
pub enum PullError {
    Io(io::Error),
    Net(String),
    Name(String),
    Digest { name: String, found: String },
}

impl From<io::Error> for PullError {
    fn from(e: io::Error) -> Self {
        PullError::Io(e)
    }
}

impl Lock {
    pub fn open(path: &Path) -> Result<Lock, PullError> {
        let lock: Lock = serde_json::from_str(&fs::read_to_string(path)?).map_err(|e| PullError::Net(e.to_string()))?;
        if lock.host.contains(['/', '@', ' ']) {
            return Err(PullError::Name(lock.host));
        }
        Ok(lock)
    }
}

fn good_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e);
    ENDINGS.contains(&ending) && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) && !name.starts_with('.')
}

fn digest(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hex::encode(hash.finalize()))
}

fn fetch(lock: &Lock, entry: &Entry, to: &Path) -> Result<(), PullError> {
    let address = format!("https://{}/{}", lock.host, entry.path.trim_start_matches('/'));
    let mut request = ureq::AgentBuilder::new()
        .https_only(true)
        .redirects(0)
        .timeout_connect(Duration::from_secs(10))
        .build()
        .get(&address);
    if let Ok(token) = std::env::var("MODEL_TOKEN") {
        request = request.set("Authorization", &format!("Bearer {token}"));
    }
    let mut body = request.call().map_err(|e| PullError::Net(e.to_string()))?.into_reader().take(entry.size + 1);
    let part = to.with_extension("part");
    let mut file = File::create(&part)?;
    let mut buffer = vec![0u8; 256 * 1024];
    loop {
        let n = body.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        file.write_all(&buffer[..n])?;
    }
    file.sync_all()?;
    let found = digest(&part)?;
    if found != entry.sha256 {
        fs::remove_file(&part)?;
        return Err(PullError::Digest { name: entry.name.clone(), found });
    }
    fs::rename(part, to)?;
    Ok(())
}

/// Sees to it that all files of a lock are in the cache, and gives their paths.
pub fn pull(lock: &Lock, cache: &Path) -> Result<Vec<PathBuf>, PullError> {
    fs::create_dir_all(cache)?;
    let mut out = Vec::new();
    for entry in &lock.files {
        if !good_name(&entry.name) {
            return Err(PullError::Name(entry.name.clone()));
        }
        let path = cache.join(&entry.name);
        if !path.exists() || digest(&path)? != entry.sha256 {
            fetch(lock, entry, &path)?;
        }
        out.push(path);
    }
    Ok(out)
}

inert_fixture_does_not_build!();
