// Synthetic, inert fixture written from public reports
//! Secrets in one encrypted file: Argon2id for the password, XChaCha20-Poly1305 for the content.
//!
//! File: `PLK1`, 16 bytes of salt, 24 bytes of nonce, the encrypted entries.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, Zeroizing};

const MAGIC: &[u8; 4] = b"PLK1";

#[derive(Debug)]
pub enum Error {
    Io(io::Error),
    /// Wrong password, or the file was changed.
    Locked,
    /// Not a file of this crate.
    Form,
    Random,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Io(error)
    }
}

/// An open locker. Its secrets are wiped when it goes.
pub struct Locker {
    file: PathBuf,
    salt: [u8; 16],
    key: Zeroizing<[u8; 32]>,
    entries: BTreeMap<String, String>,
}

impl Drop for Locker {
    fn drop(&mut self) {
        self.entries.values_mut().for_each(Zeroize::zeroize);
    }
}

impl Locker {
    /// Makes a new, empty locker. The file must not be there.
    pub fn create(file: &Path, password: &str) -> Result<Self, Error> {
        if file.exists() {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
        }
        let mut salt = [0; 16];
        getrandom::getrandom(&mut salt).map_err(|_| Error::Random)?;
        let key = derive(password, &salt)?;
        let locker = Locker { file: file.to_owned(), salt, key, entries: BTreeMap::new() };
        locker.save()?;
        Ok(locker)
    }

    pub fn open(file: &Path, password: &str) -> Result<Self, Error> {
        let bytes = fs::read(file)?;
        let rest = bytes.strip_prefix(MAGIC).filter(|rest| rest.len() > 40).ok_or(Error::Form)?;
        let (salt, rest) = rest.split_at(16);
        let (nonce, sealed) = rest.split_at(24);
        let salt: [u8; 16] = salt.try_into().expect("16 bytes");
        let key = derive(password, &salt)?;
        let plain = XChaCha20Poly1305::new(key.as_slice().into())
            .decrypt(XNonce::from_slice(nonce), sealed)
            .map_err(|_| Error::Locked)?;
        let plain = Zeroizing::new(plain);
        let text = std::str::from_utf8(&plain).map_err(|_| Error::Form)?;
        let entries = text
            .split('\u{1e}')
            .filter_map(|record| record.split_once('\u{1f}'))
            .map(|(name, secret)| (name.to_owned(), secret.to_owned()))
            .collect();
        Ok(Locker { file: file.to_owned(), salt, key, entries })
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.entries.get(name).map(String::as_str)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Adds or replaces a secret and writes the file.
    pub fn set(&mut self, name: &str, secret: &str) -> Result<(), Error> {
        if let Some(mut before) = self.entries.insert(name.to_owned(), secret.to_owned()) {
            before.zeroize();
        }
        self.save()
    }

    pub fn remove(&mut self, name: &str) -> Result<bool, Error> {
        let Some(mut secret) = self.entries.remove(name) else { return Ok(false) };
        secret.zeroize();
        self.save()?;
        Ok(true)
    }

    fn save(&self) -> Result<(), Error> {
        let mut plain = Zeroizing::new(String::new());
        for (name, secret) in &self.entries {
            plain.push_str(&format!("{name}\u{1f}{secret}\u{1e}"));
        }
        let mut nonce = [0; 24];
        getrandom::getrandom(&mut nonce).map_err(|_| Error::Random)?;
        let sealed = XChaCha20Poly1305::new(self.key.as_slice().into())
            .encrypt(XNonce::from_slice(&nonce), plain.as_bytes())
            .map_err(|_| Error::Locked)?;
        let fresh = self.file.with_extension("tmp");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(&fresh)?;
        for part in [MAGIC.as_slice(), &self.salt, &nonce, &sealed] {
            out.write_all(part)?;
        }
        out.sync_all()?;
        fs::rename(fresh, &self.file)?;
        Ok(())
    }
}

fn derive(password: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(|_| Error::Form)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut())
        .map_err(|_| Error::Form)?;
    Ok(key)
}

inert_fixture_does_not_build!();
