// Synthetic, inert fixture written from public reports; see README
//! A vector that only grows; references stay valid.
use std::cell::RefCell;

#[derive(Default)]
pub struct GrowVec<T> {
    items: RefCell<Vec<Box<T>>>,
}

impl<T> GrowVec<T> {
    pub fn push(&self, value: T) -> usize {
        let mut items = self.items.borrow_mut();
        items.push(Box::new(value));
        items.len() - 1
    }

    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }
}

inert_fixture_does_not_build!();
