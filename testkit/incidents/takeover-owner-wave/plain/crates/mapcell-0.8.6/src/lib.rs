// Synthetic, inert fixture written from public reports; see README
//! Intern strings so that equal ones share storage.
use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock};

static TABLE: OnceLock<Mutex<HashSet<Arc<str>>>> = OnceLock::new();

/// Returns the shared copy of `text`.
pub fn intern(text: &str) -> Arc<str> {
    let mut table = TABLE.get_or_init(Default::default).lock().unwrap();
    if let Some(found) = table.get(text) {
        return found.clone();
    }
    let new: Arc<str> = Arc::from(text);
    table.insert(new.clone());
    new
}

inert_fixture_does_not_build!();
