// Synthetic, inert fixture written from public reports; see README
//! Register counters once, use them everywhere.
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

#[derive(Clone, Default)]
pub struct Registry {
    counters: Arc<RwLock<BTreeMap<String, Arc<AtomicU64>>>>,
}

impl Registry {
    pub fn counter(&self, name: &str) -> Arc<AtomicU64> {
        let mut map = self.counters.write().unwrap();
        map.entry(name.to_owned()).or_default().clone()
    }

    pub fn inc(&self, name: &str) {
        self.counter(name).fetch_add(1, Ordering::Relaxed);
    }

    /// Text exposition format.
    pub fn render(&self) -> String {
        self.counters
            .read()
            .unwrap()
            .iter()
            .map(|(k, v)| format!("{k} {}\n", v.load(Ordering::Relaxed)))
            .collect()
    }
}

inert_fixture_does_not_build!();
