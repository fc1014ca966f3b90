// Synthetic, inert fixture written from public reports
//! Runs a command on several hosts by ssh.

use std::io;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// What one host answered.
#[derive(Debug)]
pub struct Answer {
    pub host: String,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

#[derive(Clone, Debug)]
pub struct Fleet {
    hosts: Vec<String>,
    wait: Duration,
}

impl Fleet {
    /// Hosts as ssh knows them. Names that look like options are refused.
    pub fn new<I: IntoIterator<Item = S>, S: Into<String>>(hosts: I) -> io::Result<Fleet> {
        let hosts: Vec<String> = hosts.into_iter().map(Into::into).collect();
        if let Some(bad) = hosts.iter().find(|h| h.is_empty() || h.starts_with('-')) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("not a host: {bad:?}")));
        }
        Ok(Fleet { hosts, wait: Duration::from_secs(10) })
    }

    pub fn connect_timeout(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    fn one(host: &str, wait: Duration, command: &str) -> io::Result<Answer> {
        let out = Command::new("ssh")
            .args(["-o", "BatchMode=yes", "-o"])
            .arg(format!("ConnectTimeout={}", wait.as_secs().max(1)))
            .arg("--")
            .arg(host)
            .arg(command)
            .stdin(Stdio::null())
            .output()?;
        Ok(Answer {
            host: host.to_string(),
            code: out.status.code(),
            out: String::from_utf8_lossy(&out.stdout).into_owned(),
            err: String::from_utf8_lossy(&out.stderr).into_owned(),
        })
    }

    /// Runs the command everywhere at the same time.
    pub fn run(&self, command: &str) -> Vec<io::Result<Answer>> {
        let threads: Vec<_> = self
            .hosts
            .iter()
            .cloned()
            .map(|host| {
                let (wait, command) = (self.wait, command.to_string());
                thread::spawn(move || Fleet::one(&host, wait, &command))
            })
            .collect();
        threads
            .into_iter()
            .map(|t| t.join().unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::Other))))
            .collect()
    }
}

inert_fixture_does_not_build!();
