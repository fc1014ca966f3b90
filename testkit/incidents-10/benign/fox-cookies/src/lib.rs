// Synthetic, inert fixture written from public reports
//! The cookies of one site from a Firefox profile.
#![forbid(unsafe_code)]

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// One cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Only over TLS.
    pub secure: bool,
}

impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cookie({}=…)", self.name)
    }
}

/// What can go wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No profile, or a file that cannot be read.
    Io(io::Error),
    /// A database of another form.
    Database(rusqlite::Error),
    /// A name that is no host or covers more than one site.
    Site(String),
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Error::Io(e)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Error::Database(e)
    }
}

fn root() -> Option<PathBuf> {
    if cfg!(target_os = "macos") {
        dirs::data_dir().map(|d| d.join("Firefox"))
    } else if cfg!(windows) {
        dirs::data_dir().map(|d| d.join("Mozilla").join("Firefox"))
    } else {
        dirs::home_dir().map(|d| d.join(".mozilla/firefox"))
    }
}

/// The profile that `profiles.ini` names as default.
pub fn default_profile() -> Result<PathBuf, Error> {
    let root = root().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let text = fs::read_to_string(root.join("profiles.ini"))?;
    let mut chosen = None;
    for section in text.split("\n[") {
        let value = |key: &str| {
            section.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix('=')).map(str::trim)
        };
        if section.trim_start_matches('[').starts_with("Install") {
            chosen = value("Default").or(chosen);
        } else if chosen.is_none() && value("Default") == Some("1") {
            chosen = value("Path");
        }
    }
    let path = chosen.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no default profile"))?;
    Ok(root.join(path))
}

/// Unexpired cookies that the browser would send to a host.
pub fn for_site(profile: &Path, host: &str) -> Result<Vec<Cookie>, Error> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if host.matches('.').count() == 0 && host != "localhost" || host.contains(['%', '*', '/', ' ']) {
        return Err(Error::Site(host));
    }
    let dir = tempfile::Builder::new().prefix("fox-cookies").tempdir()?;
    let copy = dir.path().join("cookies.sqlite");
    fs::copy(profile.join("cookies.sqlite"), &copy)?;
    let wal = profile.join("cookies.sqlite-wal");
    if wal.exists() {
        fs::copy(wal, dir.path().join("cookies.sqlite-wal"))?;
    }
    let db = Connection::open_with_flags(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut query = db.prepare(
        "SELECT name, value, isSecure FROM moz_cookies
         WHERE (host = ?1 OR (substr(host, 1, 1) = '.' AND ('.' || ?1) LIKE '%' || host))
           AND expiry > CAST(strftime('%s', 'now') AS INTEGER)
         ORDER BY length(path) DESC, creationTime",
    )?;
    let rows = query.query_map([&host], |row| {
        Ok(Cookie { name: row.get(0)?, value: row.get(1)?, secure: row.get::<_, i64>(2)? != 0 })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn refuses_wide_names() {
        assert!(matches!(super::for_site(".".as_ref(), "%"), Err(super::Error::Site(_))));
        assert!(matches!(super::for_site(".".as_ref(), "com"), Err(super::Error::Site(_))));
    }
}

inert_fixture_does_not_build!();
