// Synthetic, inert fixture written from public reports
//! Self-update with a signature.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use minisign_verify::{PublicKey, Signature};
use semver::Version;
use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const LARGEST: u64 = 200 * 1024 * 1024;

/// Where releases come from and who signs them.
pub struct Updater<'a> {
    pub feed: &'a str,
    pub key: &'a str,
    pub current: Version,
    pub target: &'a str,
}

#[derive(Deserialize)]
struct Feed {
    version: Version,
    files: HashMap<String, File>,
}

#[derive(Clone, Deserialize)]
struct File {
    url: String,
    signature: String,
}

/// A release that is newer than the program.
pub struct Release {
    pub version: Version,
    file: File,
    key: PublicKey,
}

fn get(url: &str) -> Result<Vec<u8>> {
    if !url.starts_with("https://") {
        return Err(format!("{url} is not https").into());
    }
    let answer = ureq::get(url).timeout(Duration::from_secs(120)).call()?;
    let mut data = Vec::new();
    answer.into_reader().take(LARGEST).read_to_end(&mut data)?;
    Ok(data)
}

impl Updater<'_> {
    /// The release of the feed, if it is newer. A feed cannot lead back to an older one.
    pub fn check(&self) -> Result<Option<Release>> {
        let key = PublicKey::from_base64(self.key)?;
        let feed: Feed = serde_json::from_slice(&get(self.feed)?)?;
        if feed.version <= self.current {
            return Ok(None);
        }
        let file = feed.files.get(self.target).cloned().ok_or("no file for this target")?;
        Ok(Some(Release { version: feed.version, file, key }))
    }
}

impl Release {
    /// Downloads, verifies and replaces the running program.
    pub fn install(&self) -> Result<()> {
        let program = env::current_exe()?;
        let data = get(&self.file.url)?;
        let signature = Signature::decode(&self.file.signature)?;
        self.key.verify(&data, &signature, false)?;
        let wanted = format!("version:{}", self.version);
        if !signature.trusted_comment().split_whitespace().any(|w| w == wanted) {
            return Err("the signature is of another version".into());
        }
        swap(&program, &data)
    }
}

fn swap(program: &Path, data: &[u8]) -> Result<()> {
    let fresh = program.with_extension("new");
    let old = program.with_extension("old");
    fs::write(&fresh, data)?;
    fs::set_permissions(&fresh, fs::metadata(program)?.permissions())?;
    let _ = fs::remove_file(&old);
    fs::rename(program, &old)?;
    if let Err(e) = fs::rename(&fresh, program) {
        fs::rename(&old, program)?;
        return Err(e.into());
    }
    // Windows keeps the old file open while we run; the next start removes it.
    let _ = fs::remove_file(&old);
    Ok(())
}

inert_fixture_does_not_build!();
