// Synthetic, inert fixture written from public reports
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file with a migration.
pub struct File {
    pub number: u64,
    pub name: String,
    pub digest: String,
    pub path: PathBuf,
}

/// Reads the files of a folder in the order of their numbers.
pub fn read(folder: &Path) -> Result<Vec<File>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.extension().map_or(true, |e| e != "sql") {
            continue;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (number, name) = stem.split_once('_').ok_or_else(|| format!("{stem} has no number"))?;
        let number = number.parse().map_err(|_| format!("{stem} has no number"))?;
        let text = fs::read(&path).map_err(|e| e.to_string())?;
        files.push(File {
            number,
            name: name.to_string(),
            digest: hex::encode(Sha256::digest(&text)),
            path,
        });
    }
    files.sort_by_key(|f| f.number);
    for pair in files.windows(2) {
        if pair[0].number == pair[1].number {
            return Err(format!("number {} is there twice", pair[0].number));
        }
    }
    Ok(files)
}
