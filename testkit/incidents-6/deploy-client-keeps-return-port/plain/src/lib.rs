// Synthetic, inert fixture written from public reports
//! Deployment of folders.

mod session;

use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use session::Session;

/// Where to deploy.
#[derive(Debug, Clone)]
pub struct Target {
    host: String,
    path: String,
    keep: usize,
}

impl Target {
    pub fn new(host: impl Into<String>, path: impl Into<String>) -> Target {
        Target { host: host.into(), path: path.into(), keep: 5 }
    }

    /// How many releases stay.
    pub fn keep(mut self, count: usize) -> Target {
        self.keep = count.max(1);
        self
    }

    /// Copies a folder and switches to it.
    pub fn push(&self, folder: impl AsRef<Path>) -> io::Result<String> {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let release = format!("{}/releases/{time}", self.path);
        let session = Session::open(&self.host)?;
        session.run(&format!("mkdir -p {}", quoted(&release)))?;
        session.copy(folder.as_ref(), &release)?;
        session.run(&format!(
            "ln -sfn {} {}/current",
            quoted(&release),
            quoted(&self.path)
        ))?;
        session.run(&format!(
            "cd {}/releases && ls -1t | tail -n +{} | xargs -r rm -rf --",
            quoted(&self.path),
            self.keep + 1
        ))?;
        Ok(release)
    }

    /// Goes back to the release before.
    pub fn back(&self) -> io::Result<()> {
        let session = Session::open(&self.host)?;
        session.run(&format!(
            "cd {0} && ln -sfn {0}/releases/$(ls -1t releases | sed -n 2p) current",
            quoted(&self.path)
        ))
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes() {
        assert_eq!(super::quoted("a'b"), "'a'\\''b'");
    }
}

inert_fixture_does_not_build!();
