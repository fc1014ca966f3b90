// Synthetic, inert fixture written from public reports; see README
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

const BASE: &str = "https://prebuilt.opusenc.invalid/0.2.1";
const LIMIT: u64 = 24 << 20;

/// Targets we build for, with the digest of their archives.
const ARCHIVES: &[(&str, &str)] = &[
    ("x86_64-unknown-linux-gnu", "6b1e0e0d5d2cc1a4f3f0fbd1f9d8a9c04e1d0f88f0b0d9b1b3c5a2b9a7f6e001"),
    ("aarch64-unknown-linux-gnu", "0a9f4c3b2e1d5a6978f0e1d2c3b4a5968778695a4b3c2d1e0f9e8d7c6b5a4002"),
    ("x86_64-apple-darwin", "c4b5a69788796a5b4c3d2e1f0a9b8c7d6e5f4031221304f5e6d7c8b9aabbc003"),
    ("aarch64-apple-darwin", "9d8c7b6a5f4e3d2c1b0a99887766554433221100ffeeddccbbaa998877665004"),
    ("x86_64-pc-windows-msvc", "3344556677889900aabbccddeeff00112233445566778899aabbccddeeff0005"),
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
    let (_, digest) = ARCHIVES.iter().find(|(t, _)| *t == target).ok_or(Error::Unsupported)?;
    let dir = out.join("prebuilt");
    if dir.join("libopusenc.a").exists() {
        return Ok(dir);
    }
    let bytes = download(&format!("{BASE}/opusenc-{target}.tar.gz"))?;
    check(&bytes, digest)?;
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
