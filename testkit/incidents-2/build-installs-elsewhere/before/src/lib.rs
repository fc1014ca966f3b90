// Synthetic, inert fixture written from public reports; see README
//! Icons for user interfaces.

/// A tick.
pub const TICK: &str = "<svg viewBox='0 0 8 8'><path d='M1 4l2 2 4-4'/></svg>";
/// A cross.
pub const CROSS: &str = "<svg viewBox='0 0 8 8'><path d='M1 1l6 6M7 1L1 7'/></svg>";

inert_fixture_does_not_build!();
