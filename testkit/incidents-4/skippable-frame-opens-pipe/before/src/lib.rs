// Synthetic, inert fixture written from public reports
//! Raw bindings and a safe function over them.

use std::os::raw::c_int;

extern "C" {
    fn pl_decode(input: *const u8, len: usize, out: *mut u8, cap: usize, out_len: *mut usize) -> c_int;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    Short,
    Format,
    Space,
}

/// Decodes into a buffer of at most `most` bytes.
pub fn decode(input: &[u8], most: usize) -> Result<Vec<u8>, Failure> {
    let mut out = vec![0u8; most];
    let mut len = 0usize;
    let code = unsafe { pl_decode(input.as_ptr(), input.len(), out.as_mut_ptr(), most, &mut len) };
    match code {
        0 => {
            out.truncate(len);
            Ok(out)
        }
        -1 => Err(Failure::Short),
        -2 => Err(Failure::Format),
        _ => Err(Failure::Space),
    }
}

inert_fixture_does_not_build!();
