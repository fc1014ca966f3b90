// Synthetic, inert fixture written from public reports
//! Wallet key files.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use aes::cipher::{KeyIvInit, StreamCipher};
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

type Cipher = ctr::Ctr128BE<aes::Aes128>;
type Key = Zeroizing<[u8; 32]>;
type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(Serialize, Deserialize)]
struct KeyFile {
    version: u8,
    crypto: Crypto,
}

#[derive(Serialize, Deserialize)]
struct Crypto {
    cipher: String,
    ciphertext: String,
    cipherparams: Iv,
    kdf: String,
    kdfparams: Scrypt,
    mac: String,
}

#[derive(Serialize, Deserialize)]
struct Iv {
    iv: String,
}

#[derive(Serialize, Deserialize)]
struct Scrypt {
    dklen: usize,
    n: u64,
    r: u32,
    p: u32,
    salt: String,
}

fn derive(password: &str, s: &Scrypt) -> Result<Key, Error> {
    if !s.n.is_power_of_two() || s.n > 1 << 20 || s.dklen != 32 {
        return Err("odd parameters".into());
    }
    let params = scrypt::Params::new(s.n.trailing_zeros() as u8, s.r, s.p, 32)?;
    let mut key = Key::default();
    scrypt::scrypt(password.as_bytes(), &hex::decode(&s.salt)?, &params, &mut key[..])?;
    Ok(key)
}

fn mac(derived: &Key, text: &[u8]) -> [u8; 32] {
    Keccak256::new().chain_update(&derived[16..]).chain_update(text).finalize().into()
}

/// Decrypts the text of a key file.
pub fn open(json: &str, password: &str) -> Result<Key, Error> {
    let file: KeyFile = serde_json::from_str(json)?;
    let c = &file.crypto;
    if file.version != 3 || c.cipher != "aes-128-ctr" || c.kdf != "scrypt" {
        return Err("this kind of key file is not known".into());
    }
    let derived = derive(password, &c.kdfparams)?;
    let mut text = hex::decode(&c.ciphertext)?;
    if !bool::from(mac(&derived, &text).ct_eq(&hex::decode(&c.mac)?)) {
        return Err("wrong password".into());
    }
    Cipher::new_from_slices(&derived[..16], &hex::decode(&c.cipherparams.iv)?)
        .map_err(|_| "odd length")?
        .apply_keystream(&mut text);
    let mut key = Key::default();
    if text.len() != 32 {
        return Err("odd length".into());
    }
    key.copy_from_slice(&text);
    Ok(key)
}

/// Encrypts a key; salt and vector are fresh random bytes of the system.
pub fn seal(key: &Key, password: &str) -> Result<String, Error> {
    let (mut salt, mut iv) = ([0; 32], [0; 16]);
    getrandom::getrandom(&mut salt)?;
    getrandom::getrandom(&mut iv)?;
    let kdfparams = Scrypt { dklen: 32, n: 1 << 17, r: 8, p: 1, salt: hex::encode(salt) };
    let derived = derive(password, &kdfparams)?;
    let mut text = key.to_vec();
    Cipher::new_from_slices(&derived[..16], &iv).map_err(|_| "odd length")?.apply_keystream(&mut text);
    Ok(serde_json::to_string_pretty(&KeyFile {
        version: 3,
        crypto: Crypto {
            cipher: "aes-128-ctr".into(),
            mac: hex::encode(mac(&derived, &text)),
            ciphertext: hex::encode(text),
            cipherparams: Iv { iv: hex::encode(iv) },
            kdf: "scrypt".into(),
            kdfparams,
        },
    })?)
}

/// Writes a new file that only its owner can read.
pub fn write(path: &Path, json: &str) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(json.as_bytes())?;
    Ok(())
}

inert_fixture_does_not_build!();
