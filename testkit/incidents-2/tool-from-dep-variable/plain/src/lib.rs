// Synthetic, inert fixture written from public reports; see README
//! Bridge to a codec library.

/// Where the codec's headers were.
pub const INCLUDE: &str = env!("CODEC_INCLUDE");

inert_fixture_does_not_build!();
