// Synthetic, inert fixture written from public reports
//! A small WordPiece tokenizer.

mod fetch;

pub use fetch::vocabulary;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

/// A vocabulary and the way to cut words by it.
pub struct Tokenizer {
    ids: HashMap<String, u32>,
    pieces: Vec<String>,
    lower: bool,
    unknown: u32,
}

impl Tokenizer {
    /// From pieces in the order of their numbers.
    pub fn from_pieces(pieces: Vec<String>, lower: bool) -> Option<Self> {
        let ids: HashMap<String, u32> = pieces.iter().enumerate().map(|(i, p)| (p.clone(), i as u32)).collect();
        let unknown = *ids.get("[UNK]")?;
        Some(Tokenizer { ids, pieces, lower, unknown })
    }

    /// From a file with one piece a line.
    pub fn from_file(path: &Path, lower: bool) -> io::Result<Self> {
        let pieces = fs::read_to_string(path)?.lines().map(str::to_string).collect();
        Self::from_pieces(pieces, lower).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no [UNK]"))
    }

    /// Fetches a known vocabulary, if need be, and opens it.
    pub fn named(name: &str, folder: &Path) -> io::Result<Self> {
        let path = vocabulary(name, folder)?;
        Self::from_file(&path, name.ends_with("uncased"))
    }

    fn word(&self, word: &str, out: &mut Vec<u32>) {
        let start = out.len();
        let mut rest = word;
        let mut first = true;
        while !rest.is_empty() {
            let mut end = rest.len();
            let found = loop {
                let piece = if first { rest[..end].to_string() } else { format!("##{}", &rest[..end]) };
                if let Some(id) = self.ids.get(&piece) {
                    break Some(*id);
                }
                end = match rest[..end].char_indices().last() {
                    Some((at, _)) if at > 0 => at,
                    _ => break None,
                };
            };
            match found {
                Some(id) => out.push(id),
                None => {
                    out.truncate(start);
                    out.push(self.unknown);
                    return;
                }
            }
            rest = &rest[end..];
            first = false;
        }
    }

    /// The numbers of the pieces of a text.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let text = if self.lower { text.to_lowercase() } else { text.to_string() };
        let mut out = Vec::new();
        let mut word = String::new();
        for c in text.chars().chain(std::iter::once(' ')) {
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                self.word(&std::mem::take(&mut word), &mut out);
            }
            if !c.is_whitespace() {
                self.word(&c.to_string(), &mut out);
            }
        }
        out
    }

    /// The text of numbers, with pieces joined.
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut out = String::new();
        for id in ids {
            let piece = self.pieces.get(*id as usize).map_or("[UNK]", |p| p.as_str());
            match piece.strip_prefix("##") {
                Some(tail) => out.push_str(tail),
                None => {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(piece);
                }
            }
        }
        out
    }
}

inert_fixture_does_not_build!();
