// Synthetic, inert fixture written from public reports; see README
//! Cache of compiled kernels.
use std::collections::HashMap;

/// Kernels by key.
#[derive(Default)]
pub struct Cache(HashMap<u64, Vec<u8>>);

impl Cache {
    /// The kernel for `key`, compiled by `compile` at first.
    pub fn get(&mut self, key: u64, compile: impl FnOnce() -> Vec<u8>) -> &[u8] {
        self.0.entry(key).or_insert_with(compile)
    }
}

inert_fixture_does_not_build!();
