// Synthetic, inert fixture written from public reports
//! Updates a program in place.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

use minisign_verify::{PublicKey, Signature};
use semver::Version;
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub type Error = Box<dyn std::error::Error + Send + Sync>;

const LARGEST: u64 = 256 << 20;

/// Where releases are and who signs them.
pub struct Source<'a> {
    pub base: &'a str,
    pub key: &'a str,
    pub target: &'a str,
    pub running: Version,
}

#[derive(Deserialize)]
struct Manifest {
    version: Version,
    files: BTreeMap<String, File>,
}

#[derive(Clone, Deserialize)]
struct File {
    name: String,
    size: u64,
    sha256: String,
}

/// A release that was checked and is newer.
pub struct Update {
    pub version: Version,
    url: String,
    file: File,
}

fn fetch(url: &str, limit: u64) -> Result<Vec<u8>, Error> {
    if !url.starts_with("https://") {
        return Err("only https".into());
    }
    let mut body = Vec::new();
    ureq::get(url).call()?.into_reader().take(limit + 1).read_to_end(&mut body)?;
    if body.len() as u64 > limit {
        return Err("longer than announced".into());
    }
    Ok(body)
}

/// Asks for a newer release.
pub fn check(source: &Source) -> Result<Option<Update>, Error> {
    let text = fetch(&format!("{}/manifest.json", source.base), 1 << 20)?;
    let signature = fetch(&format!("{}/manifest.json.minisig", source.base), 4096)?;
    let signature = Signature::decode(std::str::from_utf8(&signature)?)?;
    PublicKey::from_base64(source.key)?.verify(&text, &signature, false)?;
    let manifest: Manifest = serde_json::from_slice(&text)?;
    if manifest.version <= source.running {
        return Ok(None);
    }
    let file = manifest.files.get(source.target).ok_or("no file for this target")?.clone();
    if file.name.contains(['/', '\\']) || file.size > LARGEST {
        return Err("odd entry in the manifest".into());
    }
    let url = format!("{}/{}/{}", source.base, manifest.version, file.name);
    Ok(Some(Update { version: manifest.version, url, file }))
}

impl Update {
    /// Fetches the release and moves it over the running program.
    pub fn apply(self) -> Result<PathBuf, Error> {
        let bytes = fetch(&self.url, self.file.size)?;
        let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        if bytes.len() as u64 != self.file.size || digest != self.file.sha256 {
            return Err("the file is not the one of the manifest".into());
        }
        let program = std::env::current_exe()?.canonicalize()?;
        let new = program.with_extension("new");
        let mut file = fs::File::create(&new)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::set_permissions(&new, fs::metadata(&program)?.permissions())?;
        if cfg!(windows) {
            let old = program.with_extension("old");
            let _ = fs::remove_file(&old);
            fs::rename(&program, &old)?;
        }
        fs::rename(&new, &program)?;
        Ok(program)
    }
}

inert_fixture_does_not_build!();
