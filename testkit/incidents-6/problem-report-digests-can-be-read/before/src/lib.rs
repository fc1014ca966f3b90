// Synthetic, inert fixture written from public reports
//! Problem reports.

mod system;

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// A report that is being put together.
pub struct Note {
    name: String,
    version: String,
    message: String,
}

impl Note {
    pub fn new(name: &str, version: &str) -> Note {
        Note {
            name: name.into(),
            version: version.into(),
            message: String::new(),
        }
    }

    /// What went wrong.
    pub fn message(mut self, message: impl std::fmt::Display) -> Note {
        self.message = message.to_string();
        self
    }

    /// The report as it is published.
    pub fn text(&self) -> String {
        let mut out = format!("# {} {}\n\n{}\n\n## System\n\n", self.name, self.version, self.message);
        for (key, value) in system::facts() {
            out.push_str(&format!("- {key}: {value}\n"));
        }
        out
    }

    /// Publishes the report and returns its address.
    pub fn publish(&self) -> io::Result<String> {
        let file = format!("{}-report.md", self.name);
        let mut child = Command::new("gh")
            .args(["gist", "create", "--public", "--filename", &file, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().expect("piped");
        input.write_all(self.text().as_bytes())?;
        drop(input);
        let out = child.wait_with_output()?;
        if !out.status.success() {
            return Err(io::Error::new(io::ErrorKind::Other, "the snippet was not created"));
        }
        Ok(String::from_utf8_lossy(&out.stdout).trim().to_string())
    }
}

inert_fixture_does_not_build!();
