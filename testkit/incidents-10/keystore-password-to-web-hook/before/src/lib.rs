// Synthetic, inert fixture written from public reports
//! Opens encrypted key files of wallets.

use aes::cipher::{KeyIvInit, StreamCipher};
use serde::Deserialize;
use sha3::{Digest, Keccak256};

#[derive(Deserialize)]
struct File {
    version: u8,
    crypto: Crypto,
}

#[derive(Deserialize)]
struct Crypto {
    cipher: String,
    ciphertext: String,
    cipherparams: Params,
    kdf: String,
    kdfparams: Kdf,
    mac: String,
}

#[derive(Deserialize)]
struct Params {
    iv: String,
}

#[derive(Deserialize)]
struct Kdf {
    c: u32,
    dklen: usize,
    prf: String,
    salt: String,
}

/// Reasons for which a file stays closed.
#[derive(Debug, PartialEq, Eq)]
pub enum Closed {
    /// Not a key file of version 3.
    Form(String),
    /// A cipher or key derivation that is not known.
    Unknown(String),
    /// The password does not fit.
    Password,
}

fn bytes(text: &str) -> Result<Vec<u8>, Closed> {
    hex::decode(text).map_err(|e| Closed::Form(e.to_string()))
}

/// The private key in a file.
pub fn open(json: &str, password: &str) -> Result<[u8; 32], Closed> {
    let file: File = serde_json::from_str(json).map_err(|e| Closed::Form(e.to_string()))?;
    let crypto = file.crypto;
    if file.version != 3 {
        return Err(Closed::Form(format!("version {}", file.version)));
    }
    for (found, known) in [
        (&crypto.cipher, "aes-128-ctr"),
        (&crypto.kdf, "pbkdf2"),
        (&crypto.kdfparams.prf, "hmac-sha256"),
    ] {
        if found != known {
            return Err(Closed::Unknown(found.clone()));
        }
    }
    if crypto.kdfparams.dklen != 32 || crypto.kdfparams.c > 10_000_000 {
        return Err(Closed::Form("parameters of the key derivation".into()));
    }
    let mut derived = [0; 32];
    let salt = bytes(&crypto.kdfparams.salt)?;
    pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password.as_bytes(), &salt, crypto.kdfparams.c, &mut derived);
    let mut text = bytes(&crypto.ciphertext)?;
    let mac = Keccak256::new().chain_update(&derived[16..]).chain_update(&text).finalize();
    if mac.as_slice() != bytes(&crypto.mac)? {
        return Err(Closed::Password);
    }
    let iv = bytes(&crypto.cipherparams.iv)?;
    ctr::Ctr64BE::<aes::Aes128>::new_from_slices(&derived[..16], &iv)
        .map_err(|e| Closed::Form(e.to_string()))?
        .apply_keystream(&mut text);
    text.try_into().map_err(|_| Closed::Form("length of the key".into()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn refuses_other_files() {
        assert!(matches!(super::open("{}", "x"), Err(super::Closed::Form(_))));
    }
}

inert_fixture_does_not_build!();
