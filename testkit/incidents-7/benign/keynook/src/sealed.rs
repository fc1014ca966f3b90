// Synthetic, inert fixture written from public reports
//! A file of passwords under a passphrase: salt, nonce, sealed JSON.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use argon2::Argon2;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::{Secret, Store};

pub struct SealedFile {
    path: PathBuf,
    passphrase: Secret,
}

fn bad(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

impl SealedFile {
    pub fn new(path: impl Into<PathBuf>, passphrase: Secret) -> Self {
        SealedFile { path: path.into(), passphrase }
    }

    fn cipher(&self, salt: &[u8]) -> io::Result<XChaCha20Poly1305> {
        let mut key = Zeroizing::new([0u8; 32]);
        Argon2::default()
            .hash_password_into(self.passphrase.as_bytes(), salt, &mut *key)
            .map_err(|_| bad("key derivation"))?;
        Ok(XChaCha20Poly1305::new((&*key).into()))
    }

    fn load(&self) -> io::Result<BTreeMap<String, String>> {
        let data = match fs::read(&self.path) {
            Ok(d) if d.len() > 40 => d,
            Ok(_) => return Err(bad("the file is too short")),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(e) => return Err(e),
        };
        let (salt, rest) = data.split_at(16);
        let (nonce, sealed) = rest.split_at(24);
        let plain = self
            .cipher(salt)?
            .decrypt(XNonce::from_slice(nonce), sealed)
            .map_err(|_| bad("wrong passphrase or damaged file"))?;
        Ok(serde_json::from_slice(&Zeroizing::new(plain))?)
    }

    fn save(&self, map: &BTreeMap<String, String>) -> io::Result<()> {
        let mut head = [0u8; 40];
        getrandom::getrandom(&mut head).map_err(|_| bad("no randomness"))?;
        let plain = Zeroizing::new(serde_json::to_vec(map)?);
        let sealed = self
            .cipher(&head[..16])?
            .encrypt(XNonce::from_slice(&head[16..]), plain.as_slice())
            .map_err(|_| bad("sealing"))?;
        let fresh = self.path.with_extension("new");
        fs::write(&fresh, [&head[..], &sealed].concat())?;
        fs::rename(fresh, &self.path)
    }
}

impl Store for SealedFile {
    fn set(&mut self, account: &str, password: &str) -> io::Result<()> {
        let mut map = self.load()?;
        map.insert(account.into(), password.into());
        self.save(&map)
    }

    fn get(&self, account: &str) -> io::Result<Option<Secret>> {
        Ok(self.load()?.remove(account).map(Zeroizing::new))
    }

    fn remove(&mut self, account: &str) -> io::Result<()> {
        let mut map = self.load()?;
        map.remove(account);
        self.save(&map)
    }
}
