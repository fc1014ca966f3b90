// Synthetic, inert fixture written from public reports; see README
//! Breached passwords.
#![forbid(unsafe_code)]

use sha1::{Digest, Sha1};
use std::path::{Path, PathBuf};
use std::time::Duration;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Where ranges come from.
#[derive(Debug, Clone)]
pub enum Ranges {
    Server { base: String, agent: ureq::Agent },
    Folder(PathBuf),
}

#[derive(Debug)]
pub enum Error {
    Status(u16),
    Transport(String),
    Io(std::io::Error),
    Malformed(usize),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Status(code) => write!(f, "the range server says {code}"),
            Error::Transport(text) => write!(f, "no range server: {text}"),
            Error::Io(error) => write!(f, "range file: {error}"),
            Error::Malformed(line) => write!(f, "line {line} of a range is malformed"),
        }
    }
}

impl std::error::Error for Error {}

impl Ranges {
    /// A server with the usual interface; the address ends before `/range`.
    pub fn server(base: &str) -> Ranges {
        let agent = ureq::AgentBuilder::new()
            .timeout(Duration::from_secs(8))
            .https_only(true)
            .user_agent(concat!("pwnrange/", env!("CARGO_PKG_VERSION")))
            .build();
        Ranges::Server { base: base.trim_end_matches('/').to_string(), agent }
    }

    /// A folder with one file a prefix.
    pub fn folder(path: impl AsRef<Path>) -> Ranges {
        Ranges::Folder(path.as_ref().to_path_buf())
    }

    fn fetch(&self, prefix: &str) -> Result<String, Error> {
        debug_assert_eq!(prefix.len(), 5);
        match self {
            Ranges::Folder(path) => std::fs::read_to_string(path.join(prefix)).map_err(Error::Io),
            Ranges::Server { base, agent } => {
                match agent.get(&format!("{base}/range/{prefix}")).set("Add-Padding", "true").call() {
                    Ok(answer) => answer.into_string().map_err(Error::Io),
                    Err(ureq::Error::Status(code, _)) => Err(Error::Status(code)),
                    Err(ureq::Error::Transport(t)) => Err(Error::Transport(t.kind().to_string())),
                }
            }
        }
    }

    /// How often a password was seen.
    pub fn seen(&self, password: &str) -> Result<u64, Error> {
        let digest = Zeroizing::new(format!("{:X}", Sha1::digest(password.as_bytes())));
        let (prefix, suffix) = digest.split_at(5);
        let range = self.fetch(prefix)?;
        let mut count = 0;
        for (at, line) in range.lines().enumerate() {
            let (entry, number) = line.trim().split_once(':').ok_or(Error::Malformed(at + 1))?;
            let number: u64 = number.parse().map_err(|_| Error::Malformed(at + 1))?;
            // Padding has a count of zero.
            if bool::from(entry.as_bytes().ct_eq(suffix.as_bytes())) {
                count = number;
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_folder() {
        let dir = std::env::temp_dir().join("pwnrange-test");
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("5BAA6"), "1E4C9B93F3F0682250B6CF8331B7EE68FD8:42\n").unwrap();
        assert_eq!(Ranges::folder(&dir).seen("password").unwrap(), 42);
    }
}

inert_fixture_does_not_build!();
