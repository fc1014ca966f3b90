// Synthetic, inert fixture written from public reports
//! Random bytes for session keys.

extern "C" {
    fn sbytes_fill(out: *mut u8, length: usize) -> i32;
}

/// No source of random bytes worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSource;

/// Fills a buffer.
pub fn fill(out: &mut [u8]) -> Result<(), NoSource> {
    match unsafe { sbytes_fill(out.as_mut_ptr(), out.len()) } {
        0 => Ok(()),
        _ => Err(NoSource),
    }
}

/// A key of 32 bytes.
pub fn key() -> Result<[u8; 32], NoSource> {
    let mut key = [0; 32];
    fill(&mut key)?;
    Ok(key)
}

/// A name for a session, 43 letters of the URL alphabet.
pub fn session_name() -> Result<String, NoSource> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = [0; 43];
    fill(&mut bytes)?;
    Ok(bytes.iter().map(|b| LETTERS[(b & 63) as usize] as char).collect())
}

inert_fixture_does_not_build!();
