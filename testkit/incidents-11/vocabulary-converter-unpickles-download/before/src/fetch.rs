// Synthetic, inert fixture written from public reports
//! Vocabularies that can be fetched by name.

use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

struct Known {
    name: &'static str,
    address: &'static str,
    digest: &'static str,
}

const KNOWN: &[Known] = &[
    Known {
        name: "base-uncased",
        address: "https://vocab.wordpiece.invalid/base-uncased.txt",
        digest: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    },
    Known {
        name: "base-cased",
        address: "https://vocab.wordpiece.invalid/base-cased.txt",
        digest: "eeaa9875b23b04b4c54ef759d03db9d1ba1554838f8fb26c5d96fa551df93d02",
    },
];

/// Fetches a vocabulary into a folder, if it is not there, and checks its digest.
pub fn vocabulary(name: &str, folder: &Path) -> io::Result<PathBuf> {
    let known = KNOWN
        .iter()
        .find(|k| k.name == name)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such vocabulary"))?;
    let path = folder.join(format!("{name}.txt"));
    if path.exists() {
        return Ok(path);
    }
    let mut data = Vec::new();
    ureq::get(known.address)
        .call()
        .map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?
        .into_reader()
        .take(16 << 20)
        .read_to_end(&mut data)?;
    if hex::encode(Sha256::digest(&data)) != known.digest {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "digest of the vocabulary"));
    }
    fs::create_dir_all(folder)?;
    fs::write(&path, data)?;
    Ok(path)
}
