// Synthetic, inert fixture written from public reports; see README
//! Icons as bytes.
use base64::{engine::general_purpose::STANDARD, Engine};

/// The tick.
pub static TICK: &[u8] = include_bytes!("../icons/tick.png");
/// The cross.
pub static CROSS: &[u8] = include_bytes!("../icons/cross.png");

/// A data address for `icon`.
pub fn data_address(icon: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(icon))
}

/// One grey dot, for tests.
pub const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

inert_fixture_does_not_build!();
