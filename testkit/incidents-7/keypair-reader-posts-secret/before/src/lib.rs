// Synthetic, inert fixture written from public reports
//! Key files of the Solana command line tools.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use ed25519_dalek::SigningKey;

#[derive(Debug)]
pub enum KeyFileError {
    Io(io::Error),
    Form,
    Mismatch,
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyFileError::Io(e) => e.fmt(f),
            KeyFileError::Form => f.write_str("not an array of 64 numbers"),
            KeyFileError::Mismatch => f.write_str("the public half belongs to another key"),
        }
    }
}

impl std::error::Error for KeyFileError {}

impl From<io::Error> for KeyFileError {
    fn from(e: io::Error) -> Self {
        KeyFileError::Io(e)
    }
}

/// A key of such a file.
pub struct FileKey {
    key: SigningKey,
}

impl FileKey {
    pub fn from_json(text: &str) -> Result<FileKey, KeyFileError> {
        let bytes: Vec<u8> = serde_json::from_str(text).map_err(|_| KeyFileError::Form)?;
        let bytes: [u8; 64] = bytes.try_into().map_err(|_| KeyFileError::Form)?;
        let key = SigningKey::from_keypair_bytes(&bytes).map_err(|_| KeyFileError::Mismatch)?;
        Ok(FileKey { key })
    }

    pub fn read(path: &Path) -> Result<FileKey, KeyFileError> {
        FileKey::from_json(&fs::read_to_string(path)?)
    }

    /// The address in base58.
    pub fn address(&self) -> String {
        bs58::encode(self.key.verifying_key().as_bytes()).into_string()
    }

    pub fn signing_key(&self) -> &SigningKey {
        &self.key
    }

    /// Writes a file that only its owner may read.
    pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
        let text = serde_json::to_string(&self.key.to_keypair_bytes().to_vec()).map_err(|_| KeyFileError::Form)?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(path)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        Ok(())
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileKey({})", self.address())
    }
}

inert_fixture_does_not_build!();
