// Synthetic, inert fixture written from public reports; see README
//! Reads and sets the text of the clipboard.
//!
//! There is no watcher: the clipboard is touched only when a function is called.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::env;

/// A way to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Wayland,
    X11,
    MacOs,
    Windows,
    Termux,
}

impl Way {
    /// The way that this session offers.
    pub fn detect() -> Option<Way> {
        if cfg!(windows) {
            Some(Way::Windows)
        } else if cfg!(target_os = "macos") {
            Some(Way::MacOs)
        } else if env::var_os("TERMUX_VERSION").is_some() {
            Some(Way::Termux)
        } else if env::var_os("WAYLAND_DISPLAY").is_some() {
            Some(Way::Wayland)
        } else if env::var_os("DISPLAY").is_some() {
            Some(Way::X11)
        } else {
            None
        }
    }

    fn getter(self) -> &'static [&'static str] {
        match self {
            Way::Wayland => &["wl-paste", "--no-newline"],
            Way::X11 => &["xclip", "-selection", "clipboard", "-o"],
            Way::MacOs => &["pbpaste"],
            Way::Windows => &["powershell", "-NoProfile", "-Command", "Get-Clipboard -Raw"],
            Way::Termux => &["termux-clipboard-get"],
        }
    }

    fn setter(self) -> &'static [&'static str] {
        match self {
            Way::Wayland => &["wl-copy"],
            Way::X11 => &["xclip", "-selection", "clipboard", "-i"],
            Way::MacOs => &["pbcopy"],
            Way::Windows => &["clip"],
            Way::Termux => &["termux-clipboard-set"],
        }
    }
}

fn none() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "this session has no clipboard")
}

fn run(line: &[&str]) -> Command {
    let mut c = Command::new(line[0]);
    c.args(&line[1..]).stderr(Stdio::null());
    c
}

/// The text of the clipboard.
pub fn get() -> io::Result<String> {
    let way = Way::detect().ok_or_else(none)?;
    let out = run(way.getter()).stdin(Stdio::null()).output()?;
    if !out.status.success() {
        return Ok(String::new());
    }
    String::from_utf8(out.stdout).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

/// Sets the text of the clipboard.
pub fn set(text: &str) -> io::Result<()> {
    let way = Way::detect().ok_or_else(none)?;
    let mut child = run(way.setter()).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().ok_or_else(none)?.write_all(text.as_bytes())?;
    // wl-copy and xclip stay in the background by themselves
    if child.wait()?.success() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::Other, "the clipboard program failed"))
    }
}

/// Sets a text, gives control to the caller, and puts the former text back afterwards,
/// unless somebody else has copied something in between.
pub fn with<T>(text: &str, f: impl FnOnce() -> T) -> io::Result<T> {
    let before = get().unwrap_or_default();
    set(text)?;
    let result = f();
    if get()? == text {
        set(&before)?;
    }
    Ok(result)
}

inert_fixture_does_not_build!();
