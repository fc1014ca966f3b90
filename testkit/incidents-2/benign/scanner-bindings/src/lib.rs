// Synthetic, inert fixture written from public reports; see README
#![allow(non_camel_case_types, non_upper_case_globals, non_snake_case)]
//! Bindings to the scanner library.
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

inert_fixture_does_not_build!();
