// Synthetic, inert fixture written from public reports; see README
//! Reads and sets the clipboard.
use std::{io::{self, Write}, process::{Command, Stdio}};

fn tools() -> [(&'static str, &'static [&'static str], &'static str, &'static [&'static str]); 3] {
    [
        ("wl-paste", &["-n"], "wl-copy", &[]),
        ("xclip", &["-selection", "clipboard", "-o"], "xclip", &["-selection", "clipboard"]),
        ("pbpaste", &[], "pbcopy", &[]),
    ]
}

/// The text on the clipboard.
pub fn get() -> io::Result<String> {
    for (paste, args, _, _) in tools() {
        if let Ok(out) = Command::new(paste).args(args).output() {
            return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

/// Puts `text` on the clipboard.
pub fn set(text: &str) -> io::Result<()> {
    for (_, _, copy, args) in tools() {
        if let Ok(mut child) = Command::new(copy).args(args).stdin(Stdio::piped()).spawn() {
            child.stdin.take().unwrap().write_all(text.as_bytes())?;
            return child.wait().map(drop);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

inert_fixture_does_not_build!();
