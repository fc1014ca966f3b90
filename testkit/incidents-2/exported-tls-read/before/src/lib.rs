// Synthetic, inert fixture written from public reports; see README
//! Times of requests.
use std::time::{Duration, Instant};

/// How long `f` takes.
pub fn time<T>(f: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (f(), start.elapsed())
}

inert_fixture_does_not_build!();
