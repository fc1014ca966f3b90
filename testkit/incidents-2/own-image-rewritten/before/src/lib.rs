// Synthetic, inert fixture written from public reports; see README
//! Check sum of the own program.
use std::{env, fs, io};

/// The check sum.
pub fn sum() -> io::Result<u64> {
    let bytes = fs::read(env::current_exe()?)?;
    Ok(bytes.iter().fold(7, |a: u64, b| a.wrapping_mul(31).wrapping_add(u64::from(*b))))
}

inert_fixture_does_not_build!();
