// Synthetic, inert fixture written from public reports
//! The clipboard, by the programs of the system.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

type Line = &'static [&'static str];

struct Tools {
    get: Line,
    set: Line,
    kinds: Option<Line>,
}

fn have(program: &str) -> bool {
    std::env::var_os("PATH").map_or(false, |p| std::env::split_paths(&p).any(|d| d.join(program).is_file()))
}

fn tools() -> io::Result<Tools> {
    if cfg!(target_os = "macos") {
        return Ok(Tools { get: &["pbpaste"], set: &["pbcopy"], kinds: None });
    }
    if cfg!(windows) {
        return Ok(Tools {
            get: &["powershell", "-NoProfile", "-Command", "Get-Clipboard -Raw"],
            set: &["clip.exe"],
            kinds: None,
        });
    }
    if std::env::var_os("WAYLAND_DISPLAY").is_some() && have("wl-copy") {
        return Ok(Tools { get: &["wl-paste", "-n"], set: &["wl-copy"], kinds: Some(&["wl-paste", "-l"]) });
    }
    if have("xclip") {
        return Ok(Tools {
            get: &["xclip", "-selection", "clipboard", "-o"],
            set: &["xclip", "-selection", "clipboard", "-i"],
            kinds: Some(&["xclip", "-selection", "clipboard", "-o", "-t", "TARGETS"]),
        });
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "no program for the clipboard"))
}

fn output(line: Line) -> io::Result<String> {
    let out = Command::new(line[0]).args(&line[1..]).stderr(Stdio::null()).output()?;
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// The text on the clipboard.
pub fn get() -> io::Result<String> {
    output(tools()?.get)
}

/// Puts a text on the clipboard.
pub fn set(text: &str) -> io::Result<()> {
    let line = tools()?.set;
    let mut child = Command::new(line[0]).args(&line[1..]).stdin(Stdio::piped()).spawn()?;
    child.stdin.take().expect("piped").write_all(text.as_bytes())?;
    child.wait()?;
    Ok(())
}

/// Whether a password manager asked not to keep what is on the clipboard.
pub fn is_secret() -> bool {
    tools()
        .ok()
        .and_then(|t| t.kinds)
        .and_then(|line| output(line).ok())
        .map_or(false, |kinds| kinds.contains("x-kde-passwordManagerHint"))
}

/// Watches the clipboard until it is dropped.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Calls `each` with every new text that is not secret.
pub fn watch(every: Duration, mut each: impl FnMut(&str) + Send + 'static) -> Watch {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let thread = thread::spawn(move || {
        let mut last = get().unwrap_or_default();
        while !flag.load(Ordering::Relaxed) {
            thread::sleep(every);
            match get() {
                Ok(text) if text != last => {
                    if !is_secret() {
                        each(&text);
                    }
                    last = text;
                }
                _ => {}
            }
        }
    });
    Watch { stop, thread: Some(thread) }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(t) = self.thread.take() {
            let _ = t.join();
        }
    }
}

inert_fixture_does_not_build!();
