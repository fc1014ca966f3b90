// Synthetic, inert fixture written from public reports; see README
//! Event messages, generated.

pub mod events {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

/// The descriptors, for reflection.
pub static DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/events.bin"));

#[path = "varint.rs"]
pub mod varint;

inert_fixture_does_not_build!();
