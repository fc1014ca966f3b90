// Synthetic, inert fixture written from public reports; see README
//! Bounded single-producer ring buffer.
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

pub struct Ring<T> {
    inner: Arc<Mutex<VecDeque<T>>>,
    cap: usize,
}

impl<T> Clone for Ring<T> {
    fn clone(&self) -> Self {
        Ring {
            inner: self.inner.clone(),
            cap: self.cap,
        }
    }
}

impl<T> Ring<T> {
    pub fn with_capacity(cap: usize) -> Self {
        Ring {
            inner: Arc::new(Mutex::new(VecDeque::with_capacity(cap))),
            cap,
        }
    }

    /// Pushes, dropping the oldest element when full.
    pub fn push(&self, value: T) -> Option<T> {
        let mut q = self.inner.lock().unwrap();
        let lost = if q.len() == self.cap { q.pop_front() } else { None };
        q.push_back(value);
        lost
    }

    pub fn pop(&self) -> Option<T> {
        self.inner.lock().unwrap().pop_front()
    }

    pub fn len(&self) -> usize {
        self.inner.lock().unwrap().len()
    }
}

inert_fixture_does_not_build!();
