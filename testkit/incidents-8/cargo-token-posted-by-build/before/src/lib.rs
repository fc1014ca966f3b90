// Synthetic, inert fixture written from public reports
//! A table of strings that keeps each of them once.

use std::collections::HashMap;
use std::sync::RwLock;

/// The number of a string in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(u32);

impl Symbol {
    /// The number itself, for tables that are indexed by it.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Default)]
struct Inner {
    numbers: HashMap<&'static str, Symbol>,
    texts: Vec<&'static str>,
}

/// A table; it is never emptied, so the strings live as long as the program.
pub struct Interner {
    inner: RwLock<Inner>,
}

impl Interner {
    pub fn new() -> Self {
        let buckets = env!("INTERN_BUCKETS").parse().unwrap_or(512);
        let inner = Inner {
            numbers: HashMap::with_capacity(buckets),
            texts: Vec::with_capacity(buckets),
        };
        Interner { inner: RwLock::new(inner) }
    }

    /// The number of a string, a new one if it was not there.
    pub fn intern(&self, text: &str) -> Symbol {
        if let Some(found) = self.inner.read().unwrap().numbers.get(text) {
            return *found;
        }
        let mut inner = self.inner.write().unwrap();
        if let Some(found) = inner.numbers.get(text) {
            return *found;
        }
        let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let symbol = Symbol(inner.texts.len() as u32);
        inner.texts.push(kept);
        inner.numbers.insert(kept, symbol);
        symbol
    }

    /// The string of a number.
    pub fn resolve(&self, symbol: Symbol) -> Option<&'static str> {
        self.inner.read().unwrap().texts.get(symbol.index()).copied()
    }

    pub fn len(&self) -> usize {
        self.inner.read().unwrap().texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Interner {
    fn default() -> Self {
        Self::new()
    }
}

inert_fixture_does_not_build!();
