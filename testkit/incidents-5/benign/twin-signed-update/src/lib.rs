// Synthetic, inert fixture written from public reports
//! Replaces a program by a later release. A release is taken only if two different keys, which
//! the program carries, have signed its description, and if its digest is the one described.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const LIMIT: u64 = 256 << 20;

/// The description of a release, as it is signed.
#[derive(Debug, Clone, Deserialize)]
pub struct Release {
    pub version: (u32, u32, u32),
    pub url: String,
    pub sha256: String,
    pub size: u64,
}

#[derive(Debug)]
pub enum UpdateError {
    Io(io::Error),
    Http(Box<ureq::Error>),
    Description(serde_json::Error),
    /// Fewer than two of the keys have signed.
    Signatures,
    /// The version is not later than the running one.
    NotLater,
    Digest,
    /// The new program did not start; the old one is back.
    SelfTest,
}

impl From<io::Error> for UpdateError {
    fn from(error: io::Error) -> Self {
        UpdateError::Io(error)
    }
}

/// Looks for releases of one program.
#[derive(Debug, Clone)]
pub struct Updater {
    pub feed: String,
    pub keys: Vec<VerifyingKey>,
    pub current: (u32, u32, u32),
}

impl Updater {
    /// Reads the feed. The first two lines are signatures in hexadecimal, the rest is signed.
    pub fn check(&self) -> Result<Release, UpdateError> {
        let text = self.fetch(&self.feed, 1 << 20)?;
        let mut parts = text.splitn(3, |byte| *byte == b'\n');
        let signatures = [parts.next(), parts.next()].map(|line| line.and_then(signature));
        let body = parts.next().unwrap_or_default();
        let mut signers: Vec<usize> = Vec::new();
        for signature in signatures.iter().flatten() {
            signers.extend(self.keys.iter().position(|key| key.verify_strict(body, signature).is_ok()));
        }
        signers.dedup();
        if signers.len() < 2 {
            return Err(UpdateError::Signatures);
        }
        let release: Release = serde_json::from_slice(body).map_err(UpdateError::Description)?;
        if release.version <= self.current {
            return Err(UpdateError::NotLater);
        }
        Ok(release)
    }

    /// Downloads a release, replaces the program and lets the new one test itself.
    pub fn install(&self, release: &Release, program: &Path) -> Result<(), UpdateError> {
        let bytes = self.fetch(&release.url, release.size.min(LIMIT))?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if digest != release.sha256 {
            return Err(UpdateError::Digest);
        }
        let fresh = beside(program, "new");
        let old = beside(program, "old");
        let mut file = File::create(&fresh)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::set_permissions(&fresh, fs::metadata(program)?.permissions())?;
        fs::rename(program, &old)?;
        fs::rename(&fresh, program)?;
        let test = Command::new(program).arg("--self-test").stdin(Stdio::null()).stdout(Stdio::null()).status();
        if !test.is_ok_and(|status| status.success()) {
            fs::rename(&old, program)?;
            return Err(UpdateError::SelfTest);
        }
        fs::remove_file(old)?;
        Ok(())
    }

    fn fetch(&self, url: &str, limit: u64) -> Result<Vec<u8>, UpdateError> {
        let agent = ureq::AgentBuilder::new().https_only(true).timeout(Duration::from_secs(120)).build();
        let answer = agent.get(url).call().map_err(|error| UpdateError::Http(Box::new(error)))?;
        let mut bytes = Vec::new();
        answer.into_reader().take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

fn signature(line: &[u8]) -> Option<Signature> {
    let text = std::str::from_utf8(line).ok()?.trim();
    let bytes: Option<Vec<u8>> = (0..text.len() / 2)
        .map(|at| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok())
        .collect();
    Signature::from_slice(&bytes?).ok()
}

fn beside(program: &Path, ending: &str) -> PathBuf {
    let mut name = program.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    program.with_file_name(name)
}

inert_fixture_does_not_build!();
