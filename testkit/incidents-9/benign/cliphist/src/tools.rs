// Synthetic, inert fixture written from public reports; see README
//! The programs of the desktop.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

fn wayland() -> bool {
    env::var_os("WAYLAND_DISPLAY").is_some()
}

/// Password stores offer a type that asks not to be kept.
pub fn marked_secret() -> bool {
    if !wayland() {
        return false;
    }
    let types = Command::new("wl-paste").arg("--list-types").output();
    types.map_or(false, |o| String::from_utf8_lossy(&o.stdout).contains("x-kde-passwordManagerHint"))
}

pub fn read() -> io::Result<String> {
    let output = if cfg!(target_os = "macos") {
        Command::new("pbpaste").output()?
    } else if wayland() {
        Command::new("wl-paste").args(["--no-newline", "--type", "text"]).output()?
    } else {
        Command::new("xclip").args(["-selection", "clipboard", "-o"]).output()?
    };
    String::from_utf8(output.stdout).map_err(|_| io::ErrorKind::InvalidData.into())
}

pub fn write(text: &str) -> io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("pbcopy")
    } else if wayland() {
        Command::new("wl-copy")
    } else {
        let mut c = Command::new("xclip");
        c.args(["-selection", "clipboard", "-i"]);
        c
    };
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().unwrap().write_all(text.as_bytes())?;
    child.wait().map(|_| ())
}
