// Synthetic, inert fixture written from public reports; see README
//! Line messages between processes.
use std::io::{self, BufRead, Write};

mod latency;

/// Writes `line` to `to`.
pub fn send(to: &mut impl Write, line: &str) -> io::Result<()> {
    latency::begin();
    writeln!(to, "{line}")?;
    to.flush()
}

/// The next line of `from`.
pub fn receive(from: &mut impl BufRead) -> io::Result<String> {
    let mut s = String::new();
    from.read_line(&mut s)?;
    Ok(s)
}

inert_fixture_does_not_build!();
