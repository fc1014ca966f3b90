// Synthetic, inert fixture written from public reports; see README
//! Spinners for the terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The pictures of a spinner.
#[derive(Debug, Clone, Copy)]
pub enum Style {
    Dots,
    Line,
    Bounce,
}

impl Style {
    fn frames(self) -> &'static [&'static str] {
        match self {
            Style::Dots => &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
            Style::Line => &["-", "\\", "|", "/"],
            Style::Bounce => &["[=  ]", "[ = ]", "[  =]", "[ = ]"],
        }
    }
}

/// A spinner that turns until it is done or dropped.
pub struct Spinner {
    stop: Arc<AtomicBool>,
    text: Arc<Mutex<String>>,
    began: Instant,
    thread: Option<JoinHandle<()>>,
}

impl Spinner {
    pub fn start(text: &str) -> Self {
        Self::with_style(text, Style::Dots)
    }

    pub fn with_style(text: &str, style: Style) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let text = Arc::new(Mutex::new(text.to_string()));
        let thread = io::stderr().is_terminal().then(|| {
            let (stop, text) = (stop.clone(), text.clone());
            thread::spawn(move || {
                let frames = style.frames();
                for i in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let text = text.lock().map(|t| t.clone()).unwrap_or_default();
                    eprint!("\r\x1b[2K{} {}", frames[i % frames.len()], text);
                    let _ = io::stderr().flush();
                    thread::sleep(Duration::from_millis(90));
                }
            })
        });
        Spinner { stop, text, began: Instant::now(), thread }
    }

    /// Changes the text while it turns.
    pub fn say(&self, text: &str) {
        if let Ok(mut t) = self.text.lock() {
            *t = text.to_string();
        }
    }

    /// Ends it with a line that stays.
    pub fn done(mut self, text: &str) {
        self.end();
        eprintln!("✓ {text} ({:.1} s)", self.began.elapsed().as_secs_f32());
    }

    /// Ends it with a failure that stays.
    pub fn fail(mut self, text: &str) {
        self.end();
        eprintln!("✗ {text}");
    }

    fn end(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(t) = self.thread.take() {
            let _ = t.join();
            eprint!("\r\x1b[2K");
        }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.end();
    }
}

inert_fixture_does_not_build!();
