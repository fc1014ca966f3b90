// Synthetic, inert fixture written from public reports
//! Copies text to the clipboard: by the program of the system, or by an escape sequence that
//! asks the terminal to do it (OSC 52), which works through ssh and tmux as well.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use base64::engine::general_purpose::STANDARD;
use base64::Engine;

/// Terminals cut longer sequences.
const OSC_LIMIT: usize = 74_994;

/// The way that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    Program(String),
    Terminal,
}

/// Programs that read a text and put it into the clipboard.
fn programs() -> Vec<(&'static str, &'static [&'static str])> {
    if cfg!(target_os = "macos") {
        return vec![("pbcopy", &[])];
    }
    if cfg!(windows) {
        return vec![("clip.exe", &[])];
    }
    let mut programs: Vec<(&str, &[&str])> = Vec::new();
    if env::var_os("WAYLAND_DISPLAY").is_some() {
        programs.push(("wl-copy", &["--type", "text/plain"]));
    }
    if env::var_os("DISPLAY").is_some() {
        programs.push(("xclip", &["-selection", "clipboard"]));
        programs.push(("xsel", &["--clipboard", "--input"]));
    }
    programs
}

/// Copies a text. In a remote shell the terminal is asked first, as the clipboard is there.
pub fn copy(text: &str) -> io::Result<Way> {
    if env::var_os("SSH_TTY").is_some() && text.len() < OSC_LIMIT * 3 / 4 {
        by_terminal(text)?;
        return Ok(Way::Terminal);
    }
    for (program, arguments) in programs() {
        if by_program(program, arguments, text).is_ok() {
            return Ok(Way::Program(program.to_owned()));
        }
    }
    by_terminal(text)?;
    Ok(Way::Terminal)
}

fn by_program(program: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    child.stdin.take().expect("piped").write_all(text.as_bytes())?;
    if child.wait()?.success() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::Other, format!("{program} failed")))
    }
}

fn by_terminal(text: &str) -> io::Result<()> {
    let encoded = STANDARD.encode(text);
    if encoded.len() > OSC_LIMIT {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "too long for the terminal"));
    }
    let sequence = format!("\u{1b}]52;c;{encoded}\u{7}");
    let sequence = if env::var_os("TMUX").is_some() {
        format!("\u{1b}Ptmux;{}\u{1b}\\", sequence.replace('\u{1b}', "\u{1b}\u{1b}"))
    } else {
        sequence
    };
    let mut terminal = OpenOptions::new().write(true).open("/dev/tty")?;
    terminal.write_all(sequence.as_bytes())
}

/// Copies a secret and empties the clipboard after a while, if it still holds the secret.
pub fn copy_for(secret: &str, seconds: u64) -> io::Result<Way> {
    let way = copy(secret)?;
    std::thread::sleep(std::time::Duration::from_secs(seconds));
    if paste().map_or(true, |now| now.trim_end() == secret) {
        copy("")?;
    }
    Ok(way)
}

/// The text of the clipboard, by the program of the system.
pub fn paste() -> io::Result<String> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("pbpaste", &[])
    } else if cfg!(windows) {
        ("powershell", &["-NoProfile", "-Command", "Get-Clipboard"])
    } else if env::var_os("WAYLAND_DISPLAY").is_some() {
        ("wl-paste", &["--no-newline"])
    } else {
        ("xclip", &["-selection", "clipboard", "-o"])
    };
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

inert_fixture_does_not_build!();
