// Synthetic, inert fixture written from public reports
//! Peaks that stay on the screen for a while.

use crate::Level;
use std::time::{Duration, Instant};

/// Keeps the highest peak for some time.
pub struct Hold {
    keep: Duration,
    peak: f32,
    since: Instant,
}

impl Hold {
    pub fn new(keep: Duration) -> Self {
        Hold { keep, peak: f32::NEG_INFINITY, since: Instant::now() }
    }

    /// Takes a new level and gives the peak to show.
    pub fn update(&mut self, level: Level) -> f32 {
        if level.peak >= self.peak || self.since.elapsed() > self.keep {
            self.peak = level.peak;
            self.since = Instant::now();
        }
        self.peak
    }
}
