// Synthetic, inert fixture written from public reports
//! Keeps the last lines of a log in memory, so that they can be shown when something fails.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;
use std::time::SystemTime;

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

/// A line with its time.
#[derive(Debug, Clone)]
pub struct Line {
    pub time: SystemTime,
    pub level: Level,
    pub text: String,
}

/// The last lines of a log.
#[derive(Debug)]
pub struct Ring {
    lines: Mutex<VecDeque<Line>>,
    limit: usize,
    least: Level,
}

impl Ring {
    /// A ring of at most `limit` lines.
    pub fn new(limit: usize) -> Self {
        Ring { lines: Mutex::new(VecDeque::with_capacity(limit)), limit, least: Level::Debug }
    }

    /// Leaves out lines that are less grave.
    pub fn least(mut self, level: Level) -> Self {
        self.least = level;
        self
    }

    pub fn push(&self, level: Level, text: impl fmt::Display) {
        if level < self.least || self.limit == 0 {
            return;
        }
        let mut lines = self.lines.lock().unwrap();
        if lines.len() == self.limit {
            lines.pop_front();
        }
        lines.push_back(Line { time: SystemTime::now(), level, text: text.to_string() });
    }

    /// Takes all lines out, the oldest first.
    pub fn drain(&self) -> Vec<Line> {
        self.lines.lock().unwrap().drain(..).collect()
    }

    pub fn len(&self) -> usize {
        self.lines.lock().unwrap().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.lines.lock().unwrap().iter() {
            writeln!(f, "{:?}\t{}", line.level, line.text)?;
        }
        Ok(())
    }
}

inert_fixture_does_not_build!();
