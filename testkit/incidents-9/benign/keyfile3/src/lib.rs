// Synthetic, inert fixture written from public reports; see README
//! Key files.
#![forbid(unsafe_code)]

use aes::cipher::{KeyIvInit, StreamCipher};
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

type Cipher = ctr::Ctr128BE<aes::Aes128>;

#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    crypto: Crypto,
}

#[derive(Serialize, Deserialize)]
struct Crypto {
    cipher: String,
    cipherparams: Iv,
    ciphertext: String,
    kdf: String,
    kdfparams: Scrypt,
    mac: String,
}

#[derive(Serialize, Deserialize)]
struct Iv {
    iv: String,
}

#[derive(Serialize, Deserialize, Clone)]
struct Scrypt {
    dklen: usize,
    n: u64,
    r: u32,
    p: u32,
    salt: String,
}

/// How hard a password is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// For tests; not for money.
    Light,
    Standard,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    Form,
    Unsupported(String),
    TooCostly,
    WrongPassword,
    Random,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Form => f.write_str("not a key file of version 3"),
            Error::Unsupported(what) => write!(f, "{what} is not supported"),
            Error::TooCostly => f.write_str("the file asks for more memory than allowed"),
            Error::WrongPassword => f.write_str("wrong password or damaged file"),
            Error::Random => f.write_str("no random numbers"),
        }
    }
}

impl std::error::Error for Error {}

fn stretch(params: &Scrypt, password: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
    if params.dklen != 32 || !params.n.is_power_of_two() {
        return Err(Error::Form);
    }
    if params.n.saturating_mul(u64::from(params.r)) * 128 > 1 << 30 {
        return Err(Error::TooCostly);
    }
    let salt = hex::decode(&params.salt).map_err(|_| Error::Form)?;
    let log = params.n.trailing_zeros() as u8;
    let settings = scrypt::Params::new(log, params.r, params.p, 32).map_err(|_| Error::Form)?;
    let mut key = Zeroizing::new([0u8; 32]);
    scrypt::scrypt(password.as_bytes(), &salt, &settings, key.as_mut()).map_err(|_| Error::Form)?;
    Ok(key)
}

fn mac(key: &[u8; 32], sealed: &[u8]) -> [u8; 32] {
    Keccak256::new().chain_update(&key[16..]).chain_update(sealed).finalize().into()
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::getrandom(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// Seals a secret.
pub fn seal(secret: &[u8; 32], password: &str, cost: Cost) -> Result<String, Error> {
    let n = match cost {
        Cost::Light => 1 << 12,
        Cost::Standard => 1 << 18,
    };
    let params = Scrypt { dklen: 32, n, r: 8, p: 1, salt: hex::encode(random::<32>()?) };
    let key = stretch(&params, password)?;
    let iv = random::<16>()?;
    let mut sealed = *secret;
    Cipher::new_from_slices(&key[..16], &iv).map_err(|_| Error::Form)?.apply_keystream(&mut sealed);
    let file = File {
        version: 3,
        crypto: Crypto {
            cipher: "aes-128-ctr".into(),
            cipherparams: Iv { iv: hex::encode(iv) },
            ciphertext: hex::encode(sealed),
            kdf: "scrypt".into(),
            mac: hex::encode(mac(&key, &sealed)),
            kdfparams: params,
        },
    };
    sealed.zeroize();
    serde_json::to_string_pretty(&file).map_err(|_| Error::Form)
}

/// Opens a file.
pub fn open(text: &str, password: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let file: File = serde_json::from_str(text).map_err(|_| Error::Form)?;
    let crypto = file.crypto;
    if file.version != 3 {
        return Err(Error::Unsupported(format!("version {}", file.version)));
    }
    for (found, known) in [(&crypto.cipher, "aes-128-ctr"), (&crypto.kdf, "scrypt")] {
        if found != known {
            return Err(Error::Unsupported(found.clone()));
        }
    }
    let key = stretch(&crypto.kdfparams, password)?;
    let mut secret = Zeroizing::new(hex::decode(&crypto.ciphertext).map_err(|_| Error::Form)?);
    let expected = hex::decode(&crypto.mac).map_err(|_| Error::Form)?;
    if !bool::from(mac(&key, &secret).as_slice().ct_eq(&expected)) {
        return Err(Error::WrongPassword);
    }
    let iv = hex::decode(&crypto.cipherparams.iv).map_err(|_| Error::Form)?;
    Cipher::new_from_slices(&key[..16], &iv).map_err(|_| Error::Form)?.apply_keystream(&mut secret);
    Ok(secret)
}

inert_fixture_does_not_build!();
