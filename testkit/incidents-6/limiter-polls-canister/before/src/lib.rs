// Synthetic, inert fixture written from public reports
//! Token buckets.

mod keyed;

use std::sync::Mutex;
use std::time::{Duration, Instant};

pub use keyed::Keyed;

struct State {
    tokens: f64,
    last: Instant,
}

/// A bucket that fills at a rate and holds so many tokens at most.
pub struct Bucket {
    rate: f64,
    size: f64,
    state: Mutex<State>,
}

impl Bucket {
    /// A full bucket.
    ///
    /// # Panics
    /// Panics if `per_second` or `size` is not above zero.
    pub fn new(per_second: f64, size: u32) -> Bucket {
        assert!(per_second > 0.0 && size > 0);
        let size = f64::from(size);
        let state = Mutex::new(State { tokens: size, last: Instant::now() });
        Bucket { rate: per_second, size, state }
    }

    /// Takes tokens if there are enough.
    pub fn try_take(&self, count: u32) -> bool {
        self.wait_for(count).is_none()
    }

    /// Takes tokens, or says how long to wait until there are enough.
    pub fn wait_for(&self, count: u32) -> Option<Duration> {
        let count = f64::from(count);
        let mut state = self.state.lock().unwrap_or_else(|e| e.into_inner());
        let now = Instant::now();
        let grown = now.duration_since(state.last).as_secs_f64() * self.rate;
        state.tokens = (state.tokens + grown).min(self.size);
        state.last = now;
        if state.tokens >= count {
            state.tokens -= count;
            return None;
        }
        Some(Duration::from_secs_f64((count - state.tokens) / self.rate))
    }

    /// Takes tokens and sleeps until there are enough.
    pub fn take(&self, count: u32) {
        while let Some(time) = self.wait_for(count.min(self.size as u32)) {
            std::thread::sleep(time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_dry() {
        let bucket = Bucket::new(0.001, 2);
        assert!(bucket.try_take(1));
        assert!(bucket.try_take(1));
        assert!(!bucket.try_take(1));
    }
}

inert_fixture_does_not_build!();
