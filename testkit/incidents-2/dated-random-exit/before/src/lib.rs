// Synthetic, inert fixture written from public reports; see README
//! Frames of industrial controllers.
use std::io::{self, Read, Write};

/// A connection to a controller.
pub struct Controller<T> {
    line: T,
}

impl<T: Read + Write> Controller<T> {
    /// A controller at the end of `line`.
    pub fn new(line: T) -> Self {
        Controller { line }
    }

    /// Writes `value` to register `at`.
    pub fn write(&mut self, at: u16, value: u16) -> io::Result<()> {
        self.line.write_all(&[6, (at >> 8) as u8, at as u8, (value >> 8) as u8, value as u8])
    }
}

inert_fixture_does_not_build!();
