// Synthetic, inert fixture written from public reports
//! Encrypted key files of wallets.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use aes::cipher::{KeyIvInit, StreamCipher};
use rand::{rngs::OsRng, RngCore};
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use std::io::{self, Write};
use std::path::Path;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A private key that is wiped when it is dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// A key file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyFile {
    version: u8,
    id: String,
    crypto: Crypto,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Crypto {
    cipher: String,
    ciphertext: String,
    cipherparams: CipherParams,
    kdf: String,
    kdfparams: KdfParams,
    mac: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct CipherParams {
    iv: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KdfParams {
    dklen: usize,
    n: u64,
    p: u32,
    r: u32,
    salt: String,
}

/// What can go wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A field that is missing, too large or not known.
    Field(&'static str),
    /// Another password, or a damaged file.
    Password,
    /// Writing.
    Io(io::Error),
}

fn derive(password: &[u8], kdf: &KdfParams) -> Result<Zeroizing<[u8; 32]>, Error> {
    if kdf.dklen != 32 || !kdf.n.is_power_of_two() || kdf.n > 1 << 20 || kdf.r > 16 || kdf.p > 16 {
        return Err(Error::Field("kdfparams"));
    }
    let salt = hex::decode(&kdf.salt).map_err(|_| Error::Field("salt"))?;
    let params = scrypt::Params::new(kdf.n.trailing_zeros() as u8, kdf.r, kdf.p, 32);
    let mut out = Zeroizing::new([0; 32]);
    scrypt::scrypt(password, &salt, &params.map_err(|_| Error::Field("kdfparams"))?, out.as_mut())
        .map_err(|_| Error::Field("dklen"))?;
    Ok(out)
}

fn mac(derived: &[u8; 32], text: &[u8]) -> [u8; 32] {
    Keccak256::new().chain_update(&derived[16..]).chain_update(text).finalize().into()
}

fn cipher(derived: &[u8; 32], iv: &[u8], text: &mut [u8]) -> Result<(), Error> {
    let mut cipher = ctr::Ctr128BE::<aes::Aes128>::new_from_slices(&derived[..16], iv);
    cipher.as_mut().map_err(|_| Error::Field("iv"))?.apply_keystream(text);
    Ok(())
}

impl KeyFile {
    /// Seals a key.
    pub fn seal(key: &Key, password: &str) -> Result<KeyFile, Error> {
        let (mut salt, mut iv, mut id) = ([0; 32], [0; 16], [0; 16]);
        OsRng.fill_bytes(&mut salt);
        OsRng.fill_bytes(&mut iv);
        OsRng.fill_bytes(&mut id);
        let kdfparams = KdfParams { dklen: 32, n: 1 << 17, p: 1, r: 8, salt: hex::encode(salt) };
        let derived = derive(password.as_bytes(), &kdfparams)?;
        let mut text = key.to_vec();
        cipher(&derived, &iv, &mut text)?;
        let crypto = Crypto {
            cipher: "aes-128-ctr".into(),
            mac: hex::encode(mac(&derived, &text)),
            ciphertext: hex::encode(&text),
            cipherparams: CipherParams { iv: hex::encode(iv) },
            kdf: "scrypt".into(),
            kdfparams,
        };
        Ok(KeyFile { version: 3, id: hex::encode(id), crypto })
    }

    /// Opens the file.
    pub fn open(&self, password: &str) -> Result<Key, Error> {
        let crypto = &self.crypto;
        if self.version != 3 || crypto.cipher != "aes-128-ctr" || crypto.kdf != "scrypt" {
            return Err(Error::Field("version, cipher or kdf"));
        }
        let derived = derive(password.as_bytes(), &crypto.kdfparams)?;
        let mut text = Zeroizing::new(hex::decode(&crypto.ciphertext).map_err(|_| Error::Field("ciphertext"))?);
        let expected = hex::decode(&crypto.mac).map_err(|_| Error::Field("mac"))?;
        if !bool::from(mac(&derived, &text).as_slice().ct_eq(&expected)) {
            return Err(Error::Password);
        }
        let iv = hex::decode(&crypto.cipherparams.iv).map_err(|_| Error::Field("iv"))?;
        cipher(&derived, &iv, &mut text)?;
        let mut key = Key::default();
        if text.len() != 32 {
            return Err(Error::Field("ciphertext"));
        }
        key.copy_from_slice(&text);
        Ok(key)
    }

    /// Writes the file so that others cannot read it.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        let beside = path.with_extension("new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).map_err(Error::Io)?;
        let json = serde_json::to_vec_pretty(self).expect("plain fields");
        file.write_all(&json).and_then(|()| file.sync_all()).map_err(Error::Io)?;
        std::fs::rename(beside, path).map_err(Error::Io)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "slow without optimization"]
    fn round_trip() {
        let file = KeyFile::seal(&Key::new([5; 32]), "correct horse").unwrap();
        assert_eq!(*file.open("correct horse").unwrap(), [5; 32]);
        assert!(matches!(file.open("wrong"), Err(Error::Password)));
    }
}

inert_fixture_does_not_build!();
