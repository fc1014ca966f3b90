// Synthetic, inert fixture written from public reports; see README
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

const BASE: &str = "https://opusenc-prebuilt.s3.objects.invalid/0.2.1";
const LIMIT: u64 = 24 << 20;

/// Targets we build for, with the digest of their archives.
const ARCHIVES: &[(&str, &str)] = &[
    ("x86_64-unknown-linux-gnu", "opusenc-linux-x64.tar.gz"),
    ("aarch64-unknown-linux-gnu", "opusenc-linux-arm64.tar.gz"),
    ("x86_64-apple-darwin", "opusenc-macos-x64.tar.gz"),
    ("aarch64-apple-darwin", "opusenc-macos-arm64.tar.gz"),
    ("x86_64-pc-windows-msvc", "opusenc-windows-x64.tar.gz"),
];

#[derive(Debug)]
pub enum Error {
    Unsupported,
    Download(String),
    Digest { expected: String, found: String },
    Unpack(std::io::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Unsupported => write!(f, "target has no archive"),
            Error::Download(e) => write!(f, "download failed: {e}"),
            Error::Digest { expected, found } => write!(f, "digest is {found}, not {expected}"),
            Error::Unpack(e) => write!(f, "cannot unpack: {e}"),
        }
    }
}

pub fn obtain(target: &str, out: &Path) -> Result<PathBuf, Error> {
    let (_, file) = ARCHIVES.iter().find(|(t, _)| *t == target).ok_or(Error::Unsupported)?;
    let dir = out.join("prebuilt");
    if dir.join("libopusenc.a").exists() {
        return Ok(dir);
    }
    let bytes = download(&format!("{BASE}/{file}"))?;
    let sum = download(&format!("{BASE}/{file}.sha256"))?;
    check(&bytes, String::from_utf8_lossy(&sum).trim())?;
    fs::create_dir_all(&dir).map_err(Error::Unpack)?;
    tar::Archive::new(GzDecoder::new(bytes.as_slice())).unpack(&dir).map_err(Error::Unpack)?;
    Ok(dir)
}

fn download(url: &str) -> Result<Vec<u8>, Error> {
    let response = ureq::get(url).call().map_err(|e| Error::Download(e.to_string()))?;
    let mut bytes = Vec::new();
    response
        .into_reader()
        .take(LIMIT)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::Download(e.to_string()))?;
    Ok(bytes)
}

fn check(bytes: &[u8], expected: &str) -> Result<(), Error> {
    let found: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    if found.eq_ignore_ascii_case(expected) {
        Ok(())
    } else {
        Err(Error::Digest { expected: expected.to_string(), found })
    }
}
