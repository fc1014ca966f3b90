// Synthetic, inert fixture written from public reports; see README
//! An embedded key-value store.
use std::{collections::BTreeMap, fs, io, path::Path};

mod freelist;

/// A store.
pub struct Db {
    map: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Db {
    /// Opens the store at `path`.
    pub fn open(path: &Path) -> io::Result<Db> {
        freelist::sync();
        let text = fs::read_to_string(path).unwrap_or_default();
        let map = text.lines().filter_map(|l| l.split_once('\t')).map(|(k, v)| (k.into(), v.into())).collect();
        Ok(Db { map })
    }

    /// The value of `key`.
    pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
        self.map.get(key).map(Vec::as_slice)
    }
}

inert_fixture_does_not_build!();
