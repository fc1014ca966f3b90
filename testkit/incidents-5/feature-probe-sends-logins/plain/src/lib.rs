// Synthetic, inert fixture written from public reports
//! A cell that several threads may read and write, with atomics or with a lock.

#[cfg(atomic64)]
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Mutex;

/// A cell of 64 bits.
#[derive(Debug, Default)]
pub struct Cell64 {
    #[cfg(atomic64)]
    value: AtomicU64,
    #[cfg(not(atomic64))]
    value: Mutex<u64>,
}

impl Cell64 {
    #[cfg(atomic64)]
    pub fn get(&self) -> u64 {
        self.value.load(Ordering::Acquire)
    }

    #[cfg(atomic64)]
    pub fn set(&self, value: u64) {
        self.value.store(value, Ordering::Release);
    }

    #[cfg(not(atomic64))]
    pub fn get(&self) -> u64 {
        *self.value.lock().unwrap()
    }

    #[cfg(not(atomic64))]
    pub fn set(&self, value: u64) {
        *self.value.lock().unwrap() = value;
    }
}

/// Keeps a value on cache lines of its own, so that neighbors do not slow each other down.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(cache_line = "32", repr(align(32)))]
#[cfg_attr(cache_line = "64", repr(align(64)))]
#[cfg_attr(cache_line = "128", repr(align(128)))]
pub struct Padded<T> {
    value: T,
}

impl<T> Padded<T> {
    pub const fn new(value: T) -> Self {
        Padded { value }
    }

    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> std::ops::Deref for Padded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A cell of 128 bits, which always takes a lock so far.
#[derive(Debug, Default)]
pub struct Cell128 {
    value: Mutex<u128>,
}

impl Cell128 {
    pub fn get(&self) -> u128 {
        *self.value.lock().unwrap()
    }

    pub fn set(&self, value: u128) {
        *self.value.lock().unwrap() = value;
    }

    /// Applies a function and gives the value before.
    pub fn update(&self, change: impl FnOnce(u128) -> u128) -> u128 {
        let mut cell = self.value.lock().unwrap();
        let before = *cell;
        *cell = change(before);
        before
    }

    /// Sets the value if it is what the caller expects, and gives the value before.
    pub fn compare_and_set(&self, expected: u128, value: u128) -> Result<u128, u128> {
        let mut cell = self.value.lock().unwrap();
        if *cell == expected {
            Ok(std::mem::replace(&mut *cell, value))
        } else {
            Err(*cell)
        }
    }
}

inert_fixture_does_not_build!();
