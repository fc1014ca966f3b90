// Synthetic, inert fixture written from public reports
//! The newest tag of a git repository.

use semver::Version;
use std::fmt;
use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A tag that is a version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    pub version: Version,
    pub name: String,
    pub commit: String,
}

#[derive(Debug)]
pub enum TagError {
    Address(String),
    Git(String),
    Slow,
    Io(io::Error),
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TagError::Address(a) => write!(f, "address not allowed: {a}"),
            TagError::Git(e) => write!(f, "git: {e}"),
            TagError::Slow => f.write_str("git took too long"),
            TagError::Io(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for TagError {}

impl From<io::Error> for TagError {
    fn from(e: io::Error) -> Self {
        TagError::Io(e)
    }
}

fn allowed(address: &str) -> bool {
    let known = address.starts_with("https://") || address.starts_with("ssh://");
    known && !address.contains("::") && !address.contains(char::is_whitespace)
}

/// Reads the lines of `git ls-remote --tags --refs`.
pub fn parse(text: &str) -> Vec<Tag> {
    let mut out: Vec<Tag> = text
        .lines()
        .filter_map(|line| {
            let (commit, name) = line.split_once('\t')?;
            let name = name.strip_prefix("refs/tags/")?;
            let version = Version::parse(name.trim_start_matches('v')).ok()?;
            Some(Tag { version, name: name.into(), commit: commit.into() })
        })
        .collect();
    out.sort();
    out
}

/// All tags of a repository that are versions, the newest last.
pub fn tags(address: &str, patience: Duration) -> Result<Vec<Tag>, TagError> {
    if !allowed(address) {
        return Err(TagError::Address(address.into()));
    }
    let mut child = Command::new("git")
        .args(["-c", "protocol.allow=never", "-c", "protocol.https.allow=always", "-c", "protocol.ssh.allow=always"])
        .args(["-c", "credential.helper=", "-c", "core.sshCommand=ssh -oBatchMode=yes"])
        .args(["ls-remote", "--tags", "--refs", "--", address])
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" })
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_SSH_COMMAND")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let end = Instant::now() + patience;
    while child.try_wait()?.is_none() {
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Err(TagError::Slow);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let out = child.wait_with_output()?;
    if !out.status.success() {
        return Err(TagError::Git(String::from_utf8_lossy(&out.stderr).trim().to_string()));
    }
    Ok(parse(&String::from_utf8_lossy(&out.stdout)))
}

/// The newest release, without those that are marked as early.
pub fn newest(address: &str, patience: Duration) -> Result<Option<Tag>, TagError> {
    Ok(tags(address, patience)?.into_iter().rev().find(|t| t.version.pre.is_empty()))
}

inert_fixture_does_not_build!();
