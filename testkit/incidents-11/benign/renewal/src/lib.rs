// Synthetic, inert fixture written from public reports
//! Replaces the running program by a signed release, when the program asks for it.

use ed25519_dalek::{Signature, VerifyingKey};
use semver::Version;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the program knows of its releases. The key is part of the program, not of the feed.
pub struct Channel {
    pub feed: &'static str,
    pub key: [u8; 32],
    pub current: Version,
    pub target: &'static str,
}

#[derive(Debug, Deserialize)]
struct Signed {
    body: String,
    signature: String,
}

/// A release that the feed offers.
#[derive(Clone, Debug, Deserialize)]
pub struct Release {
    pub version: Version,
    pub target: String,
    pub address: String,
    pub sha256: String,
    pub size: u64,
    pub notes: String,
}

#[derive(Debug)]
pub enum RenewalError {
    Net(String),
    Signature,
    Digest,
    Io(io::Error),
}

impl From<io::Error> for RenewalError {
    fn from(e: io::Error) -> Self {
        RenewalError::Io(e)
    }
}

fn net<E: ToString>(e: E) -> RenewalError {
    RenewalError::Net(e.to_string())
}

impl Channel {
    /// The newest release for this target, if it is newer than the running one.
    pub fn check(&self) -> Result<Option<Release>, RenewalError> {
        let signed: Signed = ureq::get(self.feed).timeout(Duration::from_secs(15)).call().map_err(net)?.into_json()?;
        let key = VerifyingKey::from_bytes(&self.key).map_err(|_| RenewalError::Signature)?;
        let raw = hex::decode(&signed.signature).map_err(|_| RenewalError::Signature)?;
        let signature = Signature::from_slice(&raw).map_err(|_| RenewalError::Signature)?;
        key.verify_strict(signed.body.as_bytes(), &signature).map_err(|_| RenewalError::Signature)?;
        let releases: Vec<Release> = serde_json::from_str(&signed.body).map_err(net)?;
        Ok(releases
            .into_iter()
            .filter(|r| r.target == self.target && r.version > self.current && r.version.pre.is_empty())
            .max_by(|a, b| a.version.cmp(&b.version)))
    }
}

fn beside(program: &Path, ending: &str) -> PathBuf {
    let mut name = program.file_name().unwrap_or_default().to_os_string();
    name.push(ending);
    program.with_file_name(name)
}

impl Release {
    /// Downloads the file, checks its digest and puts it in the place of the running program.
    pub fn install(&self) -> Result<PathBuf, RenewalError> {
        let program = std::env::current_exe()?.canonicalize()?;
        let mut data = Vec::new();
        ureq::get(&self.address)
            .timeout(Duration::from_secs(300))
            .call()
            .map_err(net)?
            .into_reader()
            .take(self.size + 1)
            .read_to_end(&mut data)?;
        if data.len() as u64 != self.size || hex::encode(Sha256::digest(&data)) != self.sha256 {
            return Err(RenewalError::Digest);
        }
        let fresh = beside(&program, ".new");
        let mut file = fs::File::create(&fresh)?;
        file.write_all(&data)?;
        file.sync_all()?;
        fs::set_permissions(&fresh, fs::metadata(&program)?.permissions())?;
        fs::rename(&program, beside(&program, ".old"))?;
        if let Err(e) = fs::rename(&fresh, &program) {
            fs::rename(beside(&program, ".old"), &program)?;
            return Err(e.into());
        }
        Ok(program)
    }
}

/// The new program calls this when it works; the former one is removed.
pub fn confirm() -> io::Result<()> {
    match fs::remove_file(beside(&std::env::current_exe()?.canonicalize()?, ".old")) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

inert_fixture_does_not_build!();
