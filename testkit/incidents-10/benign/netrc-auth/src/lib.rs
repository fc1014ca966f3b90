// Synthetic, inert fixture written from public reports
//! Logins from `.netrc` for HTTP clients.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use base64::Engine;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};
use zeroize::Zeroizing;

struct Login {
    machine: Option<String>,
    user: String,
    password: Zeroizing<String>,
}

/// The logins of a file.
pub struct NetrcAuth {
    logins: Vec<Login>,
    allow_default: bool,
}

impl fmt::Debug for NetrcAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machines: Vec<_> = self.logins.iter().map(|l| l.machine.as_deref().unwrap_or("default")).collect();
        f.debug_struct("NetrcAuth").field("machines", &machines).finish_non_exhaustive()
    }
}

fn default_path() -> Option<PathBuf> {
    if let Some(path) = env::var_os("NETRC") {
        return Some(path.into());
    }
    let name = if cfg!(windows) { "_netrc" } else { ".netrc" };
    home::home_dir().map(|home| home.join(name))
}

#[cfg(unix)]
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let mode = fs::metadata(path)?.mode();
    if mode & 0o077 != 0 {
        let message = format!("{} can be read by others; chmod 600 it", path.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    Ok(())
}

#[cfg(not(unix))]
fn private(_: &Path) -> io::Result<()> {
    Ok(())
}

impl NetrcAuth {
    /// The logins of the user's file; none if there is no file.
    pub fn from_default_file() -> io::Result<Self> {
        match default_path() {
            Some(path) if path.exists() => Self::from_file(&path),
            _ => Ok(Self::from_text("")),
        }
    }

    /// The logins of a file.
    pub fn from_file(path: &Path) -> io::Result<Self> {
        private(path)?;
        Ok(Self::from_text(&Zeroizing::new(fs::read_to_string(path)?)))
    }

    /// The logins of a text.
    pub fn from_text(text: &str) -> Self {
        let mut logins: Vec<Login> = Vec::new();
        let mut words = text.lines().filter(|l| !l.trim_start().starts_with('#')).flat_map(str::split_whitespace);
        while let Some(word) = words.next() {
            let machine = match word {
                "machine" => words.next().map(str::to_ascii_lowercase),
                "default" => None,
                "login" | "password" => {
                    let value = words.next().unwrap_or_default();
                    match logins.last_mut() {
                        Some(login) if word == "login" => login.user = value.into(),
                        Some(login) => login.password = Zeroizing::new(value.into()),
                        None => {}
                    }
                    continue;
                }
                _ => continue,
            };
            logins.push(Login { machine, user: String::new(), password: Zeroizing::default() });
        }
        Self { logins, allow_default: false }
    }

    /// Uses the entry `default` for hosts that have none of their own.
    pub fn allow_default(mut self, allow: bool) -> Self {
        self.allow_default = allow;
        self
    }

    /// The value of `Authorization` for a host.
    pub fn header(&self, host: &str) -> Option<Zeroizing<String>> {
        let host = host.to_ascii_lowercase();
        let own = self.logins.iter().find(|l| l.machine.as_deref() == Some(host.as_str()));
        let any = || self.logins.iter().find(|l| self.allow_default && l.machine.is_none());
        let login = own.or_else(any)?;
        let pair = Zeroizing::new(format!("{}:{}", login.user, login.password.as_str()));
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair.as_bytes());
        Some(Zeroizing::new(format!("Basic {encoded}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "machine a.example login u password p default login any password any";

    #[test]
    fn default_is_off() {
        let auth = NetrcAuth::from_text(TEXT);
        assert_eq!(auth.header("A.example").unwrap().as_str(), "Basic dTpw");
        assert!(auth.header("b.example").is_none());
        assert!(auth.allow_default(true).header("b.example").is_some());
    }
}

inert_fixture_does_not_build!();
