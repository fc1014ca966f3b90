// Synthetic, inert fixture written from public reports; see README
use crate::Seed;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::XChaCha20Poly1305;
use rand::RngCore;
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::Path;

#[derive(Debug)]
pub enum FileError {
    Io(io::Error),
    WrongPassword,
    Malformed,
}

impl From<io::Error> for FileError {
    fn from(e: io::Error) -> Self {
        FileError::Io(e)
    }
}

fn cipher(password: &str, salt: &[u8]) -> XChaCha20Poly1305 {
    let params = scrypt::Params::new(15, 8, 1, 32).expect("valid");
    let mut key = [0u8; 32];
    scrypt::scrypt(password.as_bytes(), salt, &params, &mut key).expect("valid length");
    XChaCha20Poly1305::new(&key.into())
}

pub fn store(path: &Path, seed: &Seed, password: &str) -> Result<(), FileError> {
    let mut head = [0u8; 40];
    rand::rngs::OsRng.fill_bytes(&mut head);
    let (salt, nonce) = head.split_at(16);
    let body = cipher(password, salt).encrypt(nonce.into(), &seed.bytes()[..]).map_err(|_| FileError::Malformed)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(&head)?;
    file.write_all(&body)?;
    file.sync_all()?;
    Ok(())
}

pub fn load(path: &Path, password: &str) -> Result<Vec<u8>, FileError> {
    let mut bytes = vec![];
    std::fs::File::open(path)?.read_to_end(&mut bytes)?;
    if bytes.len() < 40 {
        return Err(FileError::Malformed);
    }
    let (head, body) = bytes.split_at(40);
    let (salt, nonce) = head.split_at(16);
    cipher(password, salt).decrypt(nonce.into(), body).map_err(|_| FileError::WrongPassword)
}
