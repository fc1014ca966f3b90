// Synthetic, inert fixture written from public reports
//! A cache of web fonts. A font is named by its address and the digest it must have.

use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

const MOST: u64 = 32 << 20;

#[derive(Debug)]
pub enum CacheError {
    Fetch(String),
    Digest { wanted: String, found: String },
    Disk(std::io::Error),
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CacheError::Fetch(why) => write!(f, "cannot fetch font: {why}"),
            CacheError::Digest { wanted, found } => write!(f, "font has digest {found}, not {wanted}"),
            CacheError::Disk(why) => write!(f, "cannot keep font: {why}"),
        }
    }
}

impl std::error::Error for CacheError {}

impl From<std::io::Error> for CacheError {
    fn from(e: std::io::Error) -> Self {
        CacheError::Disk(e)
    }
}

pub struct FontCache {
    dir: PathBuf,
}

impl FontCache {
    /// The cache in the usual folder of the user.
    pub fn open() -> Result<Self, CacheError> {
        let dir = dirs::cache_dir().unwrap_or_else(std::env::temp_dir).join("webfont-cache");
        Self::at(&dir)
    }

    pub fn at(dir: &Path) -> Result<Self, CacheError> {
        fs::create_dir_all(dir)?;
        Ok(FontCache { dir: dir.to_owned() })
    }

    /// The bytes of a font, downloaded if they are not there.
    pub fn font(&self, url: &str, digest: &str) -> Result<Vec<u8>, CacheError> {
        let file = self.dir.join(digest);
        if let Ok(bytes) = fs::read(&file) {
            if hex(&Sha256::digest(&bytes)) == digest {
                return Ok(bytes);
            }
        }
        let bytes = download(url)?;
        let found = hex(&Sha256::digest(&bytes));
        if found != digest {
            return Err(CacheError::Digest { wanted: digest.to_owned(), found });
        }
        let part = file.with_extension("part");
        fs::write(&part, &bytes)?;
        fs::rename(part, file)?;
        Ok(bytes)
    }
}

fn download(url: &str) -> Result<Vec<u8>, CacheError> {
    let answer = ureq::get(url).call().map_err(|e| CacheError::Fetch(e.to_string()))?;
    let mut bytes = Vec::new();
    answer.into_reader().take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

inert_fixture_does_not_build!();
