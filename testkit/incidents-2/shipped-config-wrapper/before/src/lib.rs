// Synthetic, inert fixture written from public reports; see README
//! A ring queue.
use std::collections::VecDeque;

/// Pushes `x`, keeping at most `n`.
pub fn push<T>(q: &mut VecDeque<T>, x: T, n: usize) {
    if q.len() == n { q.pop_front(); }
    q.push_back(x);
}

inert_fixture_does_not_build!();
