// Synthetic, inert fixture written from public reports; see README
//! Keeps the last lines that were logged, in memory.
#![forbid(unsafe_code)]

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::sync::Mutex;

/// A bounded buffer. Old lines fall out when new ones come in.
pub struct RingLog {
    lines: Mutex<VecDeque<String>>,
    capacity: usize,
    width: usize,
}

impl RingLog {
    pub const fn new(capacity: usize, width: usize) -> Self {
        RingLog { lines: Mutex::new(VecDeque::new()), capacity, width }
    }

    pub fn line(&self, args: fmt::Arguments<'_>) {
        let mut text = String::new();
        let _ = text.write_fmt(args);
        if text.len() > self.width {
            let mut end = self.width;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            text.push('…');
        }
        let mut lines = self.lines.lock().unwrap_or_else(|e| e.into_inner());
        if lines.len() == self.capacity {
            lines.pop_front();
        }
        lines.push_back(text);
    }

    pub fn dump(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        let lines = self.lines.lock().unwrap_or_else(|e| e.into_inner());
        for line in lines.iter() {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// Logs a line to a ring.
#[macro_export]
macro_rules! ring {
    ($ring:expr, $($arg:tt)*) => { $ring.line(format_args!($($arg)*)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets() {
        let r = RingLog::new(2, 10);
        for n in 0..5 {
            ring!(r, "line {n}");
        }
        let mut out = vec![];
        r.dump(&mut out).unwrap();
        assert_eq!(out, b"line 3\nline 4\n");
    }
}

inert_fixture_does_not_build!();
