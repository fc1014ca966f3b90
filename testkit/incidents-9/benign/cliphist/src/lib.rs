// Synthetic, inert fixture written from public reports; see README
//! A history of the clipboard.

mod tools;

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

/// What is left out.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Longer texts are left out.
    pub longest: usize,
    /// Texts older than this are dropped.
    pub age: Duration,
    /// Leave out texts that look like keys, tokens or phrases.
    pub skip_secrets: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { longest: 64 * 1024, age: Duration::from_secs(3600), skip_secrets: true }
    }
}

/// The history, newest first.
#[derive(Debug)]
pub struct History {
    rules: Rules,
    size: usize,
    texts: VecDeque<(Instant, String)>,
}

/// Whether a text looks like something that should not be kept.
pub fn looks_secret(text: &str) -> bool {
    let text = text.trim();
    if text.contains("PRIVATE KEY-----") {
        return true;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if [12, 15, 18, 21, 24].contains(&words.len())
        && words.iter().all(|w| (3..=8).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_lowercase()))
    {
        return true;
    }
    if words.len() != 1 || text.len() < 20 || text.starts_with("http") {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let upper = text.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = text.bytes().filter(u8::is_ascii_lowercase).count();
    let hex = text.trim_start_matches("0x").bytes().all(|b| b.is_ascii_hexdigit());
    (hex && text.len() >= 64) || (digits > 2 && upper > 2 && lower > 2)
}

impl History {
    pub fn new(size: usize, rules: Rules) -> History {
        History { rules, size, texts: VecDeque::new() }
    }

    /// Looks at the clipboard once; call it in the rhythm you like.
    pub fn poll(&mut self) -> io::Result<bool> {
        if tools::marked_secret() {
            return Ok(false);
        }
        let text = tools::read()?;
        Ok(self.add(text))
    }

    /// Adds a text; tells whether it was taken.
    pub fn add(&mut self, text: String) -> bool {
        let age = self.rules.age;
        self.texts.retain(|(at, _)| at.elapsed() < age);
        let skip = text.is_empty()
            || text.len() > self.rules.longest
            || (self.rules.skip_secrets && looks_secret(&text))
            || self.texts.front().map_or(false, |(_, t)| *t == text);
        if skip {
            return false;
        }
        self.texts.retain(|(_, t)| *t != text);
        self.texts.push_front((Instant::now(), text));
        self.texts.truncate(self.size);
        true
    }

    /// Puts a text of the history back on the clipboard.
    pub fn restore(&self, index: usize) -> io::Result<()> {
        let (_, text) = self.texts.get(index).ok_or(io::ErrorKind::NotFound)?;
        tools::write(text)
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(_, t)| t.as_str())
    }

    pub fn clear(&mut self) {
        self.texts.clear();
    }
}

inert_fixture_does_not_build!();
