// Synthetic, inert fixture written from public reports
//! Reads `.netrc` files.

use std::{fmt, fs, io, path::Path};

/// One entry.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Host, or empty for `default`.
    pub machine: String,
    /// Name of the user.
    pub login: String,
    /// Password.
    pub password: String,
    /// Second password, hardly ever used.
    pub account: Option<String>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({} {} ****)", self.machine, self.login)
    }
}

/// All entries of a file.
#[derive(Debug, Default)]
pub struct Netrc {
    entries: Vec<Entry>,
}

impl Netrc {
    /// Reads a file.
    pub fn read(path: impl AsRef<Path>) -> io::Result<Netrc> {
        Ok(Netrc::parse(&fs::read_to_string(path)?))
    }

    /// Reads a file that a configuration server serves.
    pub fn fetch(address: &str) -> io::Result<Netrc> {
        let answer = ureq::get(address).call().map_err(io::Error::other)?;
        Ok(Netrc::parse(&answer.into_string()?))
    }

    /// Reads a text.
    pub fn parse(text: &str) -> Netrc {
        let mut entries: Vec<Entry> = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let mut words = line.split_whitespace();
            while let Some(word) = words.next() {
                match word {
                    w if w.starts_with('#') => break,
                    "macdef" => {
                        lines.by_ref().take_while(|l| !l.trim().is_empty()).for_each(drop);
                        break;
                    }
                    "default" => entries.push(Entry::default()),
                    "machine" => entries.push(Entry {
                        machine: words.next().unwrap_or_default().to_owned(),
                        ..Entry::default()
                    }),
                    key => {
                        let value = words.next().unwrap_or_default().to_owned();
                        if let Some(entry) = entries.last_mut() {
                            match key {
                                "login" => entry.login = value,
                                "password" => entry.password = value,
                                "account" => entry.account = Some(value),
                                _ => {}
                            }
                        }
                    }
                }
            }
        }
        Netrc { entries }
    }

    /// The entry for a host, or the default one.
    pub fn for_host(&self, host: &str) -> Option<&Entry> {
        let named = self.entries.iter().find(|e| e.machine.eq_ignore_ascii_case(host));
        named.or_else(|| self.entries.iter().find(|e| e.machine.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn finds() {
        let netrc = super::Netrc::parse("machine a.example login u password p\ndefault login x");
        assert_eq!(netrc.for_host("a.example").unwrap().login, "u");
        assert_eq!(netrc.for_host("b.example").unwrap().login, "x");
    }
}

inert_fixture_does_not_build!();
