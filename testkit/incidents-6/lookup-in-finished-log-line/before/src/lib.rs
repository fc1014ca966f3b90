// Synthetic, inert fixture written from public reports
//! Patterns for log lines.

mod lookup;

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// Levels, the most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Level::Error => "ERROR",
            Level::Warn => "WARN",
            Level::Info => "INFO",
            Level::Debug => "DEBUG",
        })
    }
}

/// A pattern that was read.
pub struct Layout {
    pattern: String,
}

impl Layout {
    /// Reads a pattern; lookups are filled in once, here.
    pub fn new(pattern: &str) -> Layout {
        Layout { pattern: lookup::fill(pattern) }
    }

    /// A line for a message.
    pub fn line(&self, level: Level, message: &str) -> String {
        let mut out = String::with_capacity(self.pattern.len() + message.len() + 24);
        let mut chars = self.pattern.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            match chars.next() {
                Some('t') => out.push_str(&time()),
                Some('l') => out.push_str(&level.to_string()),
                Some('m') => out.push_str(message),
                Some('%') => out.push('%'),
                Some(other) => {
                    out.push('%');
                    out.push(other);
                }
                None => out.push('%'),
            }
        }
        out
    }
}

fn time() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{}.{:03}", now.as_secs(), now.subsec_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_and_level() {
        let layout = Layout::new("%l: %m %%");
        assert_eq!(layout.line(Level::Warn, "hot"), "WARN: hot %");
    }
}

inert_fixture_does_not_build!();
