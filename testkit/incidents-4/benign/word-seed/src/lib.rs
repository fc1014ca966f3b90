// Synthetic, inert fixture written from public reports
//! Seed phrases. The caller brings the random numbers and keeps what comes out; nothing is read or written here.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const LIST: &str = include_str!("words.txt");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseError {
    Length(usize),
    Unknown(usize),
    Checksum,
}

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PhraseError::Length(n) => write!(f, "a phrase has 12 or 24 words, not {n}"),
            PhraseError::Unknown(at) => write!(f, "word {} is not in the list", at + 1),
            PhraseError::Checksum => f.write_str("the last word does not fit"),
        }
    }
}

fn words() -> impl Iterator<Item = &'static str> + Clone {
    LIST.lines().filter(|l| !l.starts_with('#'))
}

/// Entropy with its phrase; wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Phrase {
    entropy: Vec<u8>,
}

impl Phrase {
    /// A fresh phrase of twelve words.
    pub fn fresh(rng: &mut impl CryptoRngCore) -> Self {
        let mut entropy = alloc::vec![0u8; 16];
        rng.fill_bytes(&mut entropy);
        Phrase { entropy }
    }

    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let given: Vec<&str> = text.split_whitespace().collect();
        if given.len() != 12 && given.len() != 24 {
            return Err(PhraseError::Length(given.len()));
        }
        let mut bits = Zeroizing::new(Vec::with_capacity(given.len() * 11));
        for (at, word) in given.iter().enumerate() {
            let index = words().position(|w| w == *word).ok_or(PhraseError::Unknown(at))?;
            bits.extend((0..11).rev().map(|b| (index >> b & 1) as u8));
        }
        let checked = bits.len() / 33;
        let (data, sum) = bits.split_at(bits.len() - checked);
        let entropy: Vec<u8> = data.chunks(8).map(|c| c.iter().fold(0, |a, b| a << 1 | b)).collect();
        let first = Sha256::digest(&entropy)[0];
        if sum.iter().enumerate().any(|(at, bit)| first >> (7 - at) & 1 != *bit) {
            return Err(PhraseError::Checksum);
        }
        Ok(Phrase { entropy })
    }

    pub fn text(&self) -> Zeroizing<String> {
        let sum = Sha256::digest(&self.entropy)[0];
        let count = self.entropy.len() * 8 / 32 * 3;
        let bit = |n: usize| match self.entropy.get(n / 8) {
            Some(byte) => byte >> (7 - n % 8) & 1,
            None => sum >> (7 - n % 8) & 1,
        };
        let mut out = String::new();
        for word in 0..count {
            let index = (0..11).fold(0usize, |a, b| a << 1 | bit(word * 11 + b) as usize);
            if word > 0 {
                out.push(' ');
            }
            out.push_str(words().nth(index).unwrap_or("?"));
        }
        Zeroizing::new(out)
    }

    /// The seed for a passphrase.
    pub fn seed(&self, passphrase: &str) -> Zeroizing<[u8; 64]> {
        let mut salt = Zeroizing::new(String::from("mnemonic"));
        salt.push_str(passphrase);
        let mut seed = Zeroizing::new([0u8; 64]);
        pbkdf2::pbkdf2_hmac::<Sha512>(self.text().as_bytes(), salt.as_bytes(), 2048, &mut *seed);
        seed
    }
}

inert_fixture_does_not_build!();
