// Synthetic, inert fixture written from public reports
//! Raw bindings.
#![no_std]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

inert_fixture_does_not_build!();
