// Synthetic, inert fixture written from public reports; see README
//! Updates the running program. The caller gives the address of the feed and the key of the publisher;
//! a release without a valid signature is never written to a place where it could be started.
use ed25519_dalek::{Signature, VerifyingKey};
use semver::Version;
use serde::Deserialize;
use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const LIMIT: u64 = 256 << 20;

#[derive(Debug)]
pub enum UpdateError {
    Feed(Box<ureq::Error>),
    Io(io::Error),
    Key,
    Signature,
    Older { offered: Version },
    NoAsset(String),
}

impl From<io::Error> for UpdateError {
    fn from(e: io::Error) -> Self {
        UpdateError::Io(e)
    }
}

#[derive(Debug, Deserialize)]
struct Release {
    version: Version,
    assets: Vec<Asset>,
}

#[derive(Debug, Deserialize)]
struct Asset {
    target: String,
    url: String,
    signature: String,
}

pub struct Updater {
    feed: String,
    key: VerifyingKey,
    current: Version,
    target: String,
}

impl Updater {
    pub fn new(feed: &str, key: &[u8; 32], current: Version, target: &str) -> Result<Updater, UpdateError> {
        let key = VerifyingKey::from_bytes(key).map_err(|_| UpdateError::Key)?;
        Ok(Updater { feed: feed.into(), key, current, target: target.into() })
    }

    /// Downloads, checks and installs the newest release. Returns its version, or nothing if there is none.
    pub fn run(&self) -> Result<Option<Version>, UpdateError> {
        let release: Release = ureq::get(&self.feed).call().map_err(|e| UpdateError::Feed(Box::new(e)))?.into_json()?;
        if release.version == self.current {
            return Ok(None);
        }
        if release.version < self.current {
            return Err(UpdateError::Older { offered: release.version });
        }
        let asset = release
            .assets
            .iter()
            .find(|a| a.target == self.target)
            .ok_or_else(|| UpdateError::NoAsset(self.target.clone()))?;
        let bytes = fetch(&asset.url)?;
        self.check(&release.version, &bytes, &asset.signature)?;
        replace(&env::current_exe()?, &bytes)?;
        Ok(Some(release.version))
    }

    // The version is signed too, so that an old release cannot be offered as a new one.
    fn check(&self, version: &Version, bytes: &[u8], signature: &str) -> Result<(), UpdateError> {
        let raw = unhex(signature).ok_or(UpdateError::Signature)?;
        let signature = Signature::from_slice(&raw).map_err(|_| UpdateError::Signature)?;
        let mut signed = version.to_string().into_bytes();
        signed.push(0);
        signed.extend_from_slice(bytes);
        self.key.verify_strict(&signed, &signature).map_err(|_| UpdateError::Signature)
    }
}

fn fetch(url: &str) -> Result<Vec<u8>, UpdateError> {
    let mut bytes = vec![];
    let reply = ureq::get(url).call().map_err(|e| UpdateError::Feed(Box::new(e)))?;
    reply.into_reader().take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn replace(exe: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = exe.parent().map(Path::to_path_buf).unwrap_or_else(|| PathBuf::from("."));
    let mut file = tempfile::NamedTempFile::new_in(&dir)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(fs::metadata(exe)?.permissions())?;
    let old = exe.with_extension("old");
    fs::rename(exe, &old)?;
    if let Err(e) = file.persist(exe) {
        fs::rename(&old, exe)?;
        return Err(e.error);
    }
    let _ = fs::remove_file(old);
    Ok(())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

inert_fixture_does_not_build!();
