// Synthetic, inert fixture written from public reports; see README
//! Log levels.

/// A level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level { Error, Warn, Info }

inert_fixture_does_not_build!();
