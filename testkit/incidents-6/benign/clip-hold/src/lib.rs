// Synthetic, inert fixture written from public reports
//! Secrets on the clipboard for a short time.

mod tools;

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use tools::Tool;

/// Puts a text on the clipboard and waits; then the clipboard is emptied if the text is still there.
pub fn hold(text: &str, time: Duration) -> io::Result<()> {
    if std::env::var_os("SSH_TTY").is_some() {
        return over_terminal(text, time);
    }
    let tool = Tool::find().ok_or_else(|| {
        io::Error::new(io::ErrorKind::NotFound, "no program for the clipboard was found")
    })?;
    tool.copy(text)?;
    thread::sleep(time);
    let now = Zeroizing::new(tool.paste()?);
    if now.trim_end_matches('\n') == text {
        tool.copy("")?;
    }
    Ok(())
}

/// The terminal cannot be asked what is on the clipboard, so it is emptied in any case.
fn over_terminal(text: &str, time: Duration) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "\x1b]52;c;{}\x07", base64(text.as_bytes()))?;
    out.flush()?;
    thread::sleep(time);
    write!(out, "\x1b]52;c;\x07")?;
    out.flush()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let word = (0..3).fold(0u32, |w, at| w << 8 | u32::from(*part.get(at).unwrap_or(&0)));
        for at in 0..4 {
            if at <= part.len() {
                out.push(LETTERS[(word >> (18 - 6 * at) & 63) as usize] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn sequence() {
        assert_eq!(super::base64(b"fixture"), "Zml4dHVyZQ==");
    }
}

inert_fixture_does_not_build!();
