//! Does nothing. A Lazaret gate must refuse this crate; see the README.

/// Tells that the gate did not refuse.
pub const SERVED: bool = true;
