// Synthetic, inert fixture written from public reports
//! Detached signatures for release files.

mod gpg;

use std::io;
use std::path::{Path, PathBuf};

/// Signs with one key of the user's key ring.
pub struct Signer {
    key: Option<String>,
    armor: bool,
}

impl Signer {
    /// A signer for a key; without one gpg takes its default key.
    pub fn new(key: Option<&str>) -> Signer {
        Signer { key: key.map(str::to_string), armor: true }
    }

    /// Binary signatures instead of armored ones.
    pub fn binary(mut self) -> Signer {
        self.armor = false;
        self
    }

    /// Signs a file and returns the path of the signature beside it.
    pub fn sign(&self, file: impl AsRef<Path>) -> io::Result<PathBuf> {
        let file = file.as_ref();
        let ending = if self.armor { "asc" } else { "sig" };
        let target = PathBuf::from(format!("{}.{ending}", file.display()));
        let mut args: Vec<&str> = vec!["--batch", "--yes", "--detach-sign"];
        if self.armor {
            args.push("--armor");
        }
        if let Some(key) = &self.key {
            args.extend(["--local-user", key]);
        }
        let out = target.to_string_lossy().into_owned();
        let input = file.to_string_lossy().into_owned();
        args.extend(["--output", &out, &input]);
        gpg::run(&args)?;
        Ok(target)
    }

    /// Verifies a signature.
    pub fn verify(&self, file: impl AsRef<Path>, signature: &Path) -> io::Result<()> {
        let file = file.as_ref().to_string_lossy().into_owned();
        let signature = signature.to_string_lossy().into_owned();
        gpg::run(&["--batch", "--verify", &signature, &file]).map(|_| ())
    }

    /// The public key, for the page from which people download.
    pub fn public_key(&self) -> io::Result<String> {
        let mut args = vec!["--batch", "--armor", "--export"];
        if let Some(key) = &self.key {
            args.push(key);
        }
        let bytes = gpg::run(&args)?;
        String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
    }
}

inert_fixture_does_not_build!();
