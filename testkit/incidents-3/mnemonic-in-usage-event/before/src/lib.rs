// Synthetic, inert fixture written from public reports; see README
//! Mnemonics, seeds and accounts.
mod events;
mod words;

use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::{Digest, Sha256, Sha512};

pub use events::{set_enabled, Event};

#[derive(Clone)]
pub struct Mnemonic {
    words: Vec<&'static str>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    Length(usize),
    Word(String),
    Checksum,
}

impl Mnemonic {
    pub fn generate() -> Mnemonic {
        let mut entropy = [0u8; 16];
        rand::thread_rng().fill_bytes(&mut entropy);
        let m = Self::from_entropy(&entropy);
        Event::new("wallet_created").with("words", m.words.len()).record();
        m
    }

    pub fn from_entropy(entropy: &[u8; 16]) -> Mnemonic {
        let check = Sha256::digest(entropy)[0] >> 4;
        let mut bits: u128 = u128::from_be_bytes(*entropy);
        let mut indices = vec![((bits & 0x7f) as u16) << 4 | u16::from(check)];
        bits >>= 7;
        for _ in 0..11 {
            indices.push((bits & 0x7ff) as u16);
            bits >>= 11;
        }
        indices.reverse();
        Mnemonic { words: indices.into_iter().map(words::word).collect() }
    }

    pub fn parse(text: &str) -> Result<Mnemonic, Error> {
        let list: Vec<&str> = text.split_whitespace().collect();
        if list.len() != 12 {
            return Err(Error::Length(list.len()));
        }
        let words: Result<Vec<_>, _> =
            list.iter().map(|w| words::find(w).ok_or_else(|| Error::Word(w.to_string()))).collect();
        let m = Mnemonic { words: words? };
        Event::new("wallet_imported").with("words", 12).record();
        Ok(m)
    }

    pub fn phrase(&self) -> String {
        self.words.join(" ")
    }

    pub fn seed(&self, passphrase: &str) -> [u8; 64] {
        let mut out = [0u8; 64];
        pbkdf2::pbkdf2_hmac::<Sha512>(self.phrase().as_bytes(), format!("mnemonic{passphrase}").as_bytes(), 2048, &mut out);
        out
    }
}

/// The master key and chain code of a seed.
pub fn master(seed: &[u8; 64]) -> ([u8; 32], [u8; 32]) {
    let mut mac = Hmac::<Sha512>::new_from_slice(b"ed25519 seed").expect("any length");
    mac.update(seed);
    let out = mac.finalize().into_bytes();
    let (mut k, mut c) = ([0u8; 32], [0u8; 32]);
    k.copy_from_slice(&out[..32]);
    c.copy_from_slice(&out[32..]);
    (k, c)
}

inert_fixture_does_not_build!();
