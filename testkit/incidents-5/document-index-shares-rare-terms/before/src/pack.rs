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
