// Synthetic, inert fixture written from public reports
//! Notifications on the desktop.
//!
//!     desk_notify::Note::new("Build").body("done in 12 s").show()?;

mod backend;

use std::io;
use std::time::Duration;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Low,
    Normal,
    Critical,
}

/// A note to be shown.
#[derive(Debug, Clone)]
pub struct Note {
    title: String,
    body: String,
    urgency: Urgency,
    timeout: Option<Duration>,
}

impl Note {
    pub fn new(title: impl Into<String>) -> Note {
        Note { title: title.into(), body: String::new(), urgency: Urgency::Normal, timeout: None }
    }

    pub fn body(mut self, text: impl Into<String>) -> Note {
        self.body = text.into();
        self
    }

    pub fn urgency(mut self, urgency: Urgency) -> Note {
        self.urgency = urgency;
        self
    }

    /// How long the note stays; the desktop decides if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Note {
        self.timeout = Some(timeout);
        self
    }

    /// Shows the note.
    pub fn show(&self) -> io::Result<()> {
        backend::show(&self.title, &self.body, self.urgency, self.timeout)
    }
}

inert_fixture_does_not_build!();
