// Synthetic, inert fixture written from public reports
//! Updates for programs that are one file.
//!
//! The index says which release is the newest. A release is written to a temporary file, its digest is compared with
//! the index, the index is signed, and only then the new program is started once with `--version` and renamed over
//! the old one. Nothing happens unless the program calls [`Updater::apply`].

use anyhow::{bail, ensure, Context, Result};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;

const MOST: u64 = 256 << 20;

#[derive(Debug, Clone, Deserialize)]
pub struct Release {
    pub version: String,
    pub url: String,
    pub sha256: String,
}

#[derive(Deserialize)]
struct Index {
    releases: String,
    signature: String,
}

pub struct Updater {
    index: String,
    key: VerifyingKey,
}

impl Updater {
    /// An updater for the index at that address, signed with that key.
    pub fn new(index: impl Into<String>, key: &[u8; 32]) -> Result<Self> {
        let key = VerifyingKey::from_bytes(key).context("public key of the index")?;
        Ok(Updater { index: index.into(), key })
    }

    /// The newest release, if its version differs from `current`.
    pub fn newest(&self, current: &str) -> Result<Option<Release>> {
        let index: Index = ureq::get(&self.index).call()?.into_json()?;
        let raw: [u8; 64] = hex::decode(&index.signature)?
            .try_into()
            .map_err(|_| anyhow::anyhow!("signature has another length"))?;
        self.key.verify_strict(index.releases.as_bytes(), &Signature::from_bytes(&raw))?;
        let releases: Vec<Release> = serde_json_lines(&index.releases)?;
        Ok(releases.into_iter().last().filter(|r| r.version != current))
    }

    /// Downloads a release and replaces `program` by it.
    pub fn apply(&self, release: &Release, program: &Path) -> Result<()> {
        ensure!(release.url.starts_with("https://"), "address is not encrypted");
        let folder = program.parent().context("program has no folder")?;
        let mut file = tempfile::Builder::new().prefix(".update").tempfile_in(folder)?;
        let mut body = ureq::get(&release.url).call()?.into_reader().take(MOST);
        let mut hash = Sha256::new();
        let mut block = vec![0; 1 << 16];
        loop {
            let n = body.read(&mut block)?;
            if n == 0 {
                break;
            }
            hash.update(&block[..n]);
            file.write_all(&block[..n])?;
        }
        let found = hex::encode(hash.finalize());
        if found != release.sha256 {
            bail!("release {} has digest {found}, not {}", release.version, release.sha256);
        }
        file.flush()?;
        let path = file.into_temp_path();
        executable(&path)?;
        let said = Command::new(&path).arg("--version").output()?;
        ensure!(
            String::from_utf8_lossy(&said.stdout).contains(&release.version),
            "the downloaded program does not say {}",
            release.version
        );
        path.persist(program)?;
        Ok(())
    }
}

fn serde_json_lines(text: &str) -> Result<Vec<Release>> {
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

#[cfg(unix)]
fn executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

inert_fixture_does_not_build!();
