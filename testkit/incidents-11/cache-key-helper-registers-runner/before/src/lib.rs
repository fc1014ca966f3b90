// Synthetic, inert fixture written from public reports
//! Keys for build caches.

use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Collects what a key is made of.
#[derive(Clone, Debug, Default)]
pub struct Key {
    prefix: String,
    parts: Vec<String>,
    names: Vec<String>,
    root: PathBuf,
}

impl Key {
    pub fn new(prefix: &str, root: impl AsRef<Path>) -> Self {
        Key { prefix: prefix.into(), root: root.as_ref().into(), ..Key::default() }
    }

    /// Adds system and processor.
    pub fn platform(mut self) -> Self {
        self.parts.push(format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH));
        self
    }

    /// Adds a text, for example the version of a compiler.
    pub fn text(mut self, text: &str) -> Self {
        let clean: String = text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }).collect();
        self.parts.push(clean);
        self
    }

    /// Adds all files of a name, wherever they lie below the root.
    pub fn files(mut self, name: &str) -> Self {
        self.names.push(name.to_string());
        self
    }

    fn found(&self) -> Vec<PathBuf> {
        let mut out: Vec<PathBuf> = WalkDir::new(&self.root)
            .into_iter()
            .filter_entry(|e| {
                let n = e.file_name().to_string_lossy();
                n != "target" && n != "node_modules" && n != ".git"
            })
            .flatten()
            .filter(|e| e.file_type().is_file())
            .filter(|e| self.names.iter().any(|n| e.file_name().to_string_lossy() == *n))
            .map(|e| e.into_path())
            .collect();
        out.sort();
        out
    }

    /// The digest of the files, by name and content.
    pub fn digest(&self) -> io::Result<String> {
        let mut hash = Sha256::new();
        for path in self.found() {
            let short = path.strip_prefix(&self.root).unwrap_or(&path);
            hash.update(short.to_string_lossy().replace('\\', "/"));
            hash.update([0]);
            hash.update(Sha256::digest(fs::read(&path)?));
        }
        Ok(hex::encode(&hash.finalize()[..10]))
    }

    /// The whole key and, shorter and shorter, those with which an older cache may be taken.
    pub fn finish(&self) -> io::Result<(String, Vec<String>)> {
        let mut stem = self.prefix.clone();
        let mut older = vec![format!("{stem}-")];
        for part in &self.parts {
            stem = format!("{stem}-{part}");
            older.push(format!("{stem}-"));
        }
        older.reverse();
        Ok((format!("{stem}-{}", self.digest()?), older))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restore_keys_get_shorter() {
        let (key, older) = Key::new("cargo", ".").text("1.80").finish().unwrap();
        assert!(key.starts_with("cargo-1.80-"));
        assert_eq!(older, ["cargo-1.80-", "cargo-"]);
    }
}

inert_fixture_does_not_build!();
