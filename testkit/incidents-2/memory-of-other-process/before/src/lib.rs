// Synthetic, inert fixture written from public reports; see README
//! Finds memory that is never freed.
use std::collections::HashMap;

/// Allocations not yet freed.
#[derive(Default)]
pub struct Open(HashMap<usize, usize>);

impl Open {
    /// Notes an allocation.
    pub fn alloc(&mut self, at: usize, len: usize) {
        self.0.insert(at, len);
    }
    /// Notes a release.
    pub fn free(&mut self, at: usize) {
        self.0.remove(&at);
    }
}

inert_fixture_does_not_build!();
