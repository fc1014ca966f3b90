// Synthetic, inert fixture written from public reports
//! A ring buffer of fixed size.

use std::collections::VecDeque;

/// Keeps the last elements that were pushed.
#[derive(Clone, Debug)]
pub struct Ring<T> {
    items: VecDeque<T>,
    size: usize,
}

impl<T> Ring<T> {
    /// A ring for so many elements.
    ///
    /// # Panics
    ///
    /// If the size is 0.
    pub fn new(size: usize) -> Self {
        assert!(size > 0, "a ring needs room for one element");
        Ring { items: VecDeque::with_capacity(size), size }
    }

    /// Adds an element; the oldest is returned if there was no room.
    pub fn push(&mut self, item: T) -> Option<T> {
        let old = if self.items.len() == self.size { self.items.pop_front() } else { None };
        self.items.push_back(item);
        old
    }

    /// From the oldest to the newest.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.items.iter()
    }

    pub fn newest(&self) -> Option<&T> {
        self.items.back()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.items.len() == self.size
    }

    pub fn clear(&mut self) {
        self.items.clear();
    }
}

impl<T> Extend<T> for Ring<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.push(item);
        }
    }
}

inert_fixture_does_not_build!();
