// Synthetic, inert fixture written from public reports; see README
//! Bindings of lzquick, and two functions without `unsafe`.

#[cfg(feature = "regenerate")]
mod bindings {
    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}
#[cfg(not(feature = "regenerate"))]
mod bindings;

pub use bindings::*;

/// Compresses a block of at most 64 KiB.
pub fn compress(src: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0; src.len() + src.len() / 128 + 16];
    // SAFETY: lengths belong to the buffers.
    let n = unsafe { lzq_compress(src.as_ptr(), src.len(), out.as_mut_ptr(), out.len()) };
    out.truncate(usize::try_from(n).ok()?);
    Some(out)
}

/// Expands a block whose length is known.
pub fn expand(src: &[u8], len: usize) -> Option<Vec<u8>> {
    let mut out = vec![0; len];
    // SAFETY: lengths belong to the buffers.
    let n = unsafe { lzq_expand(src.as_ptr(), src.len(), out.as_mut_ptr(), out.len()) };
    (usize::try_from(n) == Ok(len)).then_some(out)
}

inert_fixture_does_not_build!();
