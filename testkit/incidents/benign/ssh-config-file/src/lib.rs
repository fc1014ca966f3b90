// Synthetic, inert fixture written from public reports; see README
//! Read OpenSSH client configuration.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    pub hostname: Option<String>,
    pub user: Option<String>,
    pub port: Option<u16>,
    pub identity_files: Vec<PathBuf>,
}

#[derive(Debug, Default)]
pub struct Config {
    hosts: Vec<(String, Host)>,
}

impl Config {
    pub fn default_path() -> Option<PathBuf> {
        Some(PathBuf::from(std::env::var_os("HOME")?).join(".ssh/config"))
    }

    pub fn load(path: &Path) -> std::io::Result<Config> {
        Ok(Self::parse(&std::fs::read_to_string(path)?))
    }

    pub fn parse(text: &str) -> Config {
        let mut hosts: Vec<(String, Host)> = Vec::new();
        for line in text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            let (key, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let value = value.trim();
            if key.eq_ignore_ascii_case("host") {
                hosts.push((value.to_owned(), Host::default()));
                continue;
            }
            let Some((_, host)) = hosts.last_mut() else {
                continue;
            };
            match key.to_ascii_lowercase().as_str() {
                "hostname" => host.hostname = Some(value.to_owned()),
                "user" => host.user = Some(value.to_owned()),
                "port" => host.port = value.parse().ok(),
                "identityfile" => host.identity_files.push(expand(value)),
                _ => {}
            }
        }
        Config { hosts }
    }

    pub fn query(&self, name: &str) -> Host {
        let mut out = Host {
            identity_files: vec![expand("~/.ssh/id_ed25519"), expand("~/.ssh/id_rsa")],
            ..Host::default()
        };
        for (_, h) in self.hosts.iter().filter(|(p, _)| p == name || p == "*") {
            out.hostname = out.hostname.take().or_else(|| h.hostname.clone());
            out.user = out.user.take().or_else(|| h.user.clone());
            out.port = out.port.or(h.port);
        }
        out
    }
}

fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}

/// Host names of a `known_hosts` text with their key types.
pub fn known_hosts(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|l| {
            let mut p = l.split(' ');
            Some((p.next()?.to_owned(), p.next()?.to_owned()))
        })
        .collect()
}

inert_fixture_does_not_build!();
