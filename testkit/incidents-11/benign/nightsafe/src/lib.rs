// Synthetic, inert fixture written from public reports
//! Secrets in a file that a passphrase seals.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"NSAFE\x00\x01\n";
const HEAD: usize = 8 + 16 + 24;

/// An open safe. Its contents are wiped when it is dropped.
pub struct Safe {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    salt: [u8; 16],
    items: BTreeMap<String, Zeroizing<String>>,
}

#[derive(Debug)]
pub enum SafeError {
    Io(io::Error),
    NotASafe,
    Passphrase,
    Random,
}

impl From<io::Error> for SafeError {
    fn from(e: io::Error) -> Self {
        SafeError::Io(e)
    }
}

fn key(passphrase: &str, salt: &[u8; 16]) -> Zeroizing<[u8; 32]> {
    let params = Params::new(64 * 1024, 3, 1, Some(32)).expect("fixed parameters");
    let mut out = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, out.as_mut())
        .expect("lengths are fixed");
    out
}

fn random<const N: usize>() -> Result<[u8; N], SafeError> {
    let mut bytes = [0u8; N];
    getrandom::getrandom(&mut bytes).map_err(|_| SafeError::Random)?;
    Ok(bytes)
}

impl Safe {
    /// A new and empty safe; it is on the disk after `save`.
    pub fn create(path: &Path, passphrase: &str) -> Result<Safe, SafeError> {
        let salt = random()?;
        Ok(Safe { path: path.into(), key: key(passphrase, &salt), salt, items: BTreeMap::new() })
    }

    /// Opens a safe.
    pub fn open(path: &Path, passphrase: &str) -> Result<Safe, SafeError> {
        let data = fs::read(path)?;
        if data.len() < HEAD || &data[..8] != MAGIC {
            return Err(SafeError::NotASafe);
        }
        let mut salt = [0u8; 16];
        salt.copy_from_slice(&data[8..24]);
        let key = key(passphrase, &salt);
        let cipher = XChaCha20Poly1305::new(key.as_ref().into());
        let payload = Payload { msg: &data[HEAD..], aad: &data[..24] };
        let plain = Zeroizing::new(
            cipher.decrypt(XNonce::from_slice(&data[24..HEAD]), payload).map_err(|_| SafeError::Passphrase)?,
        );
        let items: BTreeMap<String, String> = serde_json::from_slice(&plain).map_err(|_| SafeError::NotASafe)?;
        let items = items.into_iter().map(|(k, v)| (k, Zeroizing::new(v))).collect();
        Ok(Safe { path: path.into(), key, salt, items })
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.items.get(name).map(|s| s.as_str())
    }

    pub fn put(&mut self, name: &str, secret: &str) {
        self.items.insert(name.into(), Zeroizing::new(secret.into()));
    }

    pub fn remove(&mut self, name: &str) -> bool {
        self.items.remove(name).is_some()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.items.keys().map(String::as_str)
    }

    /// Writes the safe with a fresh nonce, for its owner only.
    pub fn save(&self) -> Result<(), SafeError> {
        let items: BTreeMap<&str, &str> = self.items.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let plain = Zeroizing::new(serde_json::to_vec(&items).expect("texts"));
        let nonce: [u8; 24] = random()?;
        let mut data = MAGIC.to_vec();
        data.extend_from_slice(&self.salt);
        let payload = Payload { msg: &plain, aad: &data };
        let sealed = XChaCha20Poly1305::new(self.key.as_ref().into())
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| SafeError::Random)?;
        data.extend_from_slice(&nonce);
        data.extend_from_slice(&sealed);
        let fresh = self.path.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(&data)?;
        file.sync_all()?;
        fs::rename(fresh, &self.path)?;
        Ok(())
    }
}

inert_fixture_does_not_build!();
