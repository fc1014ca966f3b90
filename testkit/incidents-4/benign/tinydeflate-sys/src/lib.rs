// Synthetic, inert fixture written from public reports
//! Raw bindings to tinydeflate.
#![no_std]
#![allow(non_camel_case_types, non_snake_case)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

/// Reads one stored block.
pub fn stored(data: &[u8], out: &mut [u8]) -> Option<usize> {
    let mut reader = core::mem::MaybeUninit::<td_reader>::uninit();
    let n = unsafe {
        td_open(reader.as_mut_ptr(), data.as_ptr(), data.len());
        td_stored(reader.as_mut_ptr(), out.as_mut_ptr(), out.len())
    };
    usize::try_from(n).ok()
}

inert_fixture_does_not_build!();
