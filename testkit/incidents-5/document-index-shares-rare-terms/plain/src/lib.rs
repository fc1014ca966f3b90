// Synthetic, inert fixture written from public reports
//! A full text index that is kept in memory.
//!
//! Stop words come from a pack of the language, which is fetched once and may be kept by the
//! caller (`Pack::text`), or from a list of the caller.

mod pack;

use std::collections::{BTreeMap, HashMap};

pub use pack::{Pack, PackError};

/// The number by which the caller knows a document.
pub type DocumentId = u64;

/// An index of documents.
#[derive(Debug, Default)]
pub struct Index {
    postings: BTreeMap<String, HashMap<DocumentId, u32>>,
    lengths: HashMap<DocumentId, u32>,
    pack: Pack,
    refined: usize,
}

/// Documents between two looks at the pack.
const REFINE_AFTER: usize = 64;

impl Index {
    pub fn new(pack: Pack) -> Self {
        Index { pack, ..Index::default() }
    }

    /// Adds a document. Its terms are letters and digits between other characters.
    pub fn add(&mut self, id: DocumentId, text: &str) {
        let mut length = 0;
        for term in terms(text) {
            if self.pack.is_stop_word(&term) {
                continue;
            }
            *self.postings.entry(term).or_default().entry(id).or_default() += 1;
            length += 1;
        }
        *self.lengths.entry(id).or_default() += length;
        if self.lengths.len() >= self.refined + REFINE_AFTER {
            self.refined = self.lengths.len();
            self.refine();
        }
    }

    /// Removes a document and the terms that no other document has.
    pub fn remove(&mut self, id: DocumentId) -> bool {
        self.postings.retain(|_, documents| {
            documents.remove(&id);
            !documents.is_empty()
        });
        self.lengths.remove(&id).is_some()
    }

    /// The terms that begin with a text, the most frequent first, for completion.
    pub fn complete(&self, prefix: &str, limit: usize) -> Vec<&str> {
        let prefix = prefix.to_lowercase();
        let mut found: Vec<_> = self
            .postings
            .range(prefix.clone()..)
            .take_while(|(term, _)| term.starts_with(&prefix))
            .map(|(term, documents)| (documents.len(), term.as_str()))
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        found.into_iter().take(limit).map(|(_, term)| term).collect()
    }

    /// Lets the pack grow with the collection: terms at both ends of the scale decide which
    /// edition of the list fits.
    fn refine(&mut self) {
        let tail: Vec<&str> = self
            .postings
            .iter()
            .filter(|(term, documents)| documents.len() == 1 && pack::is_tail(term))
            .map(|(term, _)| term.as_str())
            .collect();
        self.pack.refresh(&tail);
    }

    /// The documents that have at least one of the terms, the best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<(DocumentId, f32)> {
        let mut scores: HashMap<DocumentId, f32> = HashMap::new();
        for term in terms(query) {
            let Some(documents) = self.postings.get(&term) else { continue };
            let rarity = (self.lengths.len() as f32 / documents.len() as f32).ln() + 1.0;
            for (id, count) in documents {
                let length = self.lengths[id].max(1) as f32;
                *scores.entry(*id).or_default() += rarity * (*count as f32) / length.sqrt();
            }
        }
        let mut best: Vec<_> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(limit);
        best
    }

    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }
}

fn terms(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-')
        .filter(|term| !term.is_empty())
        .map(str::to_lowercase)
}

inert_fixture_does_not_build!();
