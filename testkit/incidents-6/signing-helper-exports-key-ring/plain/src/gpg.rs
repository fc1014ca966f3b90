// Synthetic, inert fixture written from public reports
use std::io;
use std::process::{Command, Stdio};

/// Runs gpg and returns what it printed.
pub fn run(args: &[&str]) -> io::Result<Vec<u8>> {
    let program = std::env::var("GPG_PROGRAM").unwrap_or_else(|_| "gpg".to_string());
    let out = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()?;
    if out.status.success() {
        return Ok(out.stdout);
    }
    let text = String::from_utf8_lossy(&out.stderr);
    let line = text.lines().last().unwrap_or("gpg failed").to_string();
    Err(io::Error::new(io::ErrorKind::Other, line))
}

/// Version of gpg, two numbers.
pub fn version() -> Option<(u32, u32)> {
    let out = run(&["--version"]).ok()?;
    let text = String::from_utf8(out).ok()?;
    let number = text.lines().next()?.rsplit(' ').next()?;
    let mut parts = number.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
