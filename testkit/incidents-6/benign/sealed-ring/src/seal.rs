// Synthetic, inert fixture written from public reports
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::Error;

const MAGIC: &[u8; 8] = b"SEALRNG1";
const SALT: usize = 16;
const NONCE: usize = 24;

fn key(passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(|_| Error::Format)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .map_err(|_| Error::Format)?;
    Ok(key)
}

/// Seals a text; the head of the file is authenticated as well.
pub fn close(plain: &[u8], passphrase: &str) -> Result<Vec<u8>, Error> {
    let mut head = MAGIC.to_vec();
    head.resize(MAGIC.len() + SALT + NONCE, 0);
    getrandom::getrandom(&mut head[MAGIC.len()..]).map_err(|_| Error::Format)?;
    let (salt, nonce) = head[MAGIC.len()..].split_at(SALT);
    let key = key(passphrase, salt)?;
    let cipher = XChaCha20Poly1305::new(key.as_slice().into());
    let sealed = cipher
        .encrypt(XNonce::from_slice(nonce), Payload { msg: plain, aad: &head })
        .map_err(|_| Error::Sealed)?;
    head.extend(sealed);
    Ok(head)
}

/// Opens what `close` made.
pub fn open(bytes: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(Error::Format)?;
    if rest.len() < SALT + NONCE {
        return Err(Error::Format);
    }
    let (salt, rest) = rest.split_at(SALT);
    let (nonce, sealed) = rest.split_at(NONCE);
    let head = &bytes[..MAGIC.len() + SALT + NONCE];
    let key = key(passphrase, salt)?;
    XChaCha20Poly1305::new(key.as_slice().into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: head })
        .map(Zeroizing::new)
        .map_err(|_| Error::Sealed)
}
