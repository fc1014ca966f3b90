// Synthetic, inert fixture written from public reports
//! Splits ranges into chunks.

use std::ops::Range;

/// How many chunks are made when nobody says so.
pub fn default_chunks() -> usize {
    std::thread::available_parallelism()
        .map(|n| n.get())
        .unwrap_or_else(|_| env!("CHUNK_HINT").parse().unwrap_or(1))
}

/// Chunks of a range whose lengths differ by one at most.
pub struct Chunks {
    next: usize,
    end: usize,
    left: usize,
}

impl Iterator for Chunks {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.left == 0 {
            return None;
        }
        let length = (self.end - self.next).div_ceil(self.left);
        let start = self.next;
        self.next += length;
        self.left -= 1;
        Some(start..self.next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

/// Splits a range; empty chunks are not made.
pub fn split(range: Range<usize>, chunks: usize) -> Chunks {
    let length = range.end.saturating_sub(range.start);
    Chunks {
        next: range.start,
        end: range.end,
        left: chunks.max(1).min(length),
    }
}

/// Calls a function with each chunk of a slice, each in a thread of its own.
pub fn for_each_chunk<T: Sync>(items: &[T], work: impl Fn(&[T]) + Sync) {
    std::thread::scope(|scope| {
        for range in split(0..items.len(), default_chunks()) {
            let part = &items[range];
            let work = &work;
            scope.spawn(move || work(part));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_even() {
        let lengths: Vec<usize> = split(0..10, 4).map(|r| r.len()).collect();
        assert_eq!(lengths, [3, 3, 2, 2]);
    }

    #[test]
    fn nothing_to_split() {
        assert_eq!(split(5..5, 3).count(), 0);
    }
}

inert_fixture_does_not_build!();
