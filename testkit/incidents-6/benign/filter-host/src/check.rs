// Synthetic, inert fixture written from public reports
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

/// SHA-256 of a file in hexadecimal.
pub fn digest(path: &Path) -> io::Result<String> {
    Ok(hex::encode(Sha256::digest(fs::read(path)?)))
}

/// Whether only the owner can write a file and its folder.
#[cfg(unix)]
pub fn only_owner_writes(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    for place in [Some(path), path.parent()].into_iter().flatten() {
        if fs::metadata(place)?.mode() & 0o022 != 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(not(unix))]
pub fn only_owner_writes(_path: &Path) -> io::Result<bool> {
    Ok(false)
}
