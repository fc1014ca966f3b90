// Synthetic, inert fixture written from public reports
//! Bindings to a password stretcher, with a small safe layer.

use std::fmt;

extern "C" {
    fn stretchkey(
        out: *mut u8,
        pw: *const u8,
        pwlen: usize,
        salt: *const u8,
        saltlen: usize,
        rounds: u32,
    ) -> i32;
}

/// The salt is shorter than 8 bytes, or there are less than 1000 rounds.
#[derive(Debug, PartialEq, Eq)]
pub struct TooWeak;

impl fmt::Display for TooWeak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("salt or number of rounds too small")
    }
}

impl std::error::Error for TooWeak {}

/// A key of 32 bytes from a password.
pub fn stretch(password: &[u8], salt: &[u8], rounds: u32) -> Result<[u8; 32], TooWeak> {
    let mut out = [0u8; 32];
    let state = unsafe {
        stretchkey(
            out.as_mut_ptr(),
            password.as_ptr(),
            password.len(),
            salt.as_ptr(),
            salt.len(),
            rounds,
        )
    };
    if state == 0 {
        Ok(out)
    } else {
        Err(TooWeak)
    }
}

/// Compares without a shortcut.
pub fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

inert_fixture_does_not_build!();
