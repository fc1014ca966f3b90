// Synthetic, inert fixture written from public reports
//! The clipboard by the tools of the system.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use base64::engine::general_purpose::STANDARD;
use base64::Engine;

/// A tool and its arguments.
struct Tool {
    program: &'static str,
    copy: &'static [&'static str],
    paste: Option<(&'static str, &'static [&'static str])>,
}

const WAYLAND: Tool = Tool { program: "wl-copy", copy: &[], paste: Some(("wl-paste", &["--no-newline"])) };
const XCLIP: Tool = Tool {
    program: "xclip",
    copy: &["-selection", "clipboard"],
    paste: Some(("xclip", &["-selection", "clipboard", "-o"])),
};
const XSEL: Tool = Tool { program: "xsel", copy: &["-b", "-i"], paste: Some(("xsel", &["-b", "-o"])) };
const MAC: Tool = Tool { program: "pbcopy", copy: &[], paste: Some(("pbpaste", &[])) };
const WINDOWS: Tool = Tool {
    program: "clip.exe",
    copy: &[],
    paste: Some(("powershell.exe", &["-NoProfile", "-Command", "Get-Clipboard -Raw"])),
};

fn candidates() -> Vec<&'static Tool> {
    if cfg!(target_os = "macos") {
        vec![&MAC]
    } else if cfg!(windows) {
        vec![&WINDOWS]
    } else if env::var_os("WAYLAND_DISPLAY").is_some() {
        vec![&WAYLAND, &XCLIP, &XSEL]
    } else if env::var_os("DISPLAY").is_some() {
        vec![&XCLIP, &XSEL]
    } else {
        Vec::new()
    }
}

fn feed(program: &str, args: &[&str], text: &str) -> io::Result<bool> {
    let mut child = match Command::new(program).args(args).stdin(Stdio::piped()).stdout(Stdio::null()).spawn() {
        Ok(c) => c,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(e),
    };
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(text.as_bytes())?;
    }
    Ok(child.wait()?.success())
}

/// The sequence by which a terminal sets the clipboard of the machine it runs on.
fn osc52(text: &str) -> String {
    let seq = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    if env::var_os("TMUX").is_some() {
        format!("\x1bPtmux;{}\x1b\\", seq.replace('\x1b', "\x1b\x1b"))
    } else {
        seq
    }
}

/// Puts a text on the clipboard.
pub fn copy(text: &str) -> io::Result<()> {
    for tool in candidates() {
        if feed(tool.program, tool.copy, text)? {
            return Ok(());
        }
    }
    let mut tty = std::fs::OpenOptions::new().write(true).open("/dev/tty")?;
    tty.write_all(osc52(text).as_bytes())
}

/// Puts a secret there and asks managers not to remember it, where that is possible.
pub fn copy_secret(text: &str) -> io::Result<()> {
    if env::var_os("WAYLAND_DISPLAY").is_some() && feed("wl-copy", &["--sensitive", "--paste-once"], text)? {
        return Ok(());
    }
    copy(text)
}

/// The text on the clipboard.
pub fn paste() -> io::Result<String> {
    for tool in candidates() {
        let Some((program, args)) = tool.paste else { continue };
        match Command::new(program).args(args).output() {
            Ok(out) if out.status.success() => {
                return String::from_utf8(out.stdout).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e));
            }
            _ => continue,
        }
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "no clipboard tool"))
}

inert_fixture_does_not_build!();
