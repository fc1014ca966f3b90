// Synthetic, inert fixture written from public reports
//! Watches the clipboard for links.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

const LONGEST: usize = 4096;

fn readers() -> &'static [&'static [&'static str]] {
    if cfg!(target_os = "macos") {
        &[&["pbpaste"]]
    } else if cfg!(windows) {
        &[&["powershell", "-NoProfile", "-Command", "Get-Clipboard"]]
    } else {
        &[&["wl-paste", "--no-newline", "--type", "text"], &["xclip", "-selection", "clipboard", "-o"]]
    }
}

fn writers() -> &'static [&'static [&'static str]] {
    if cfg!(target_os = "macos") {
        &[&["pbcopy"]]
    } else if cfg!(windows) {
        &[&["clip"]]
    } else {
        &[&["wl-copy"], &["xclip", "-selection", "clipboard"]]
    }
}

/// The text on the clipboard.
pub fn read() -> io::Result<String> {
    for words in readers() {
        match Command::new(words[0]).args(&words[1..]).stderr(Stdio::null()).output() {
            Ok(done) if done.status.success() => return Ok(String::from_utf8_lossy(&done.stdout).into_owned()),
            _ => continue,
        }
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "no program for the clipboard"))
}

/// Puts a text on the clipboard.
pub fn write(text: &str) -> io::Result<()> {
    for words in writers() {
        let Ok(mut child) = Command::new(words[0]).args(&words[1..]).stdin(Stdio::piped()).spawn() else { continue };
        child.stdin.take().expect("piped").write_all(text.as_bytes())?;
        if child.wait()?.success() {
            return Ok(());
        }
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "no program for the clipboard"))
}

/// Whether a text is one link and nothing else.
pub fn is_link(text: &str) -> bool {
    let text = text.trim();
    text.len() <= LONGEST
        && !text.contains(char::is_whitespace)
        && ["http://", "https://", "ftp://", "magnet:?"].iter().any(|p| text.starts_with(p))
}

/// Watches until it is dropped.
pub struct Watcher {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Calls a function with each new link.
    pub fn start(every: Duration, mut found: impl FnMut(&str) + Send + 'static) -> Watcher {
        let stop = Arc::new(AtomicBool::new(false));
        let flag = stop.clone();
        let thread = thread::spawn(move || {
            let mut last = String::new();
            while !flag.load(Ordering::Relaxed) {
                if let Ok(text) = read() {
                    if is_link(&text) && text.trim() != last {
                        last = text.trim().to_owned();
                        found(&last);
                    }
                }
                thread::sleep(every);
            }
        });
        Watcher { stop, thread: Some(thread) }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

inert_fixture_does_not_build!();
