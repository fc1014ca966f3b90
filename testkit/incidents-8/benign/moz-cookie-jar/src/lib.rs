// Synthetic, inert fixture written from public reports
//! Cookies of one site from a Firefox profile.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{params, Connection, OpenFlags};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// A cookie; its value is not shown by `Debug`.
#[derive(Clone)]
pub struct Cookie {
    pub name: String,
    pub value: String,
    pub path: String,
    pub secure: bool,
}

impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cookie").field("name", &self.name).field("path", &self.path).finish_non_exhaustive()
    }
}

/// The folder with profiles of this user.
pub fn profiles_folder() -> Option<PathBuf> {
    let home = PathBuf::from(std::env::var_os(if cfg!(windows) { "APPDATA" } else { "HOME" })?);
    Some(if cfg!(windows) {
        home.join("Mozilla/Firefox/Profiles")
    } else if cfg!(target_os = "macos") {
        home.join("Library/Application Support/Firefox/Profiles")
    } else {
        home.join(".mozilla/firefox")
    })
}

/// Names of profiles that have cookies.
pub fn profiles() -> Vec<String> {
    let Some(Ok(entries)) = profiles_folder().map(fs::read_dir) else { return Vec::new() };
    entries
        .flatten()
        .filter(|e| e.path().join("cookies.sqlite").is_file())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect()
}

fn is_site(site: &str) -> bool {
    site.contains('.') && !site.starts_with('.') && site.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

/// The cookies of a site and the domains above it that it may see.
pub fn cookies(profile: &Path, site: &str) -> Result<Vec<Cookie>, Error> {
    if !is_site(site) {
        return Err(format!("`{site}` is not the name of a site").into());
    }
    let private = tempfile::tempdir()?;
    let copy = private.path().join("cookies.sqlite");
    fs::copy(profile.join("cookies.sqlite"), &copy)?;
    let wal = profile.join("cookies.sqlite-wal");
    if wal.is_file() {
        fs::copy(wal, private.path().join("cookies.sqlite-wal"))?;
    }
    let database = Connection::open_with_flags(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut query = database.prepare(
        "SELECT name, value, path, isSecure FROM moz_cookies
         WHERE (host = ?1 OR (host LIKE '.%' AND '.' || ?1 LIKE '%' || host))
           AND expiry > strftime('%s', 'now')",
    )?;
    let rows = query.query_map(params![site], |row| {
        Ok(Cookie { name: row.get(0)?, value: row.get(1)?, path: row.get(2)?, secure: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The header for a request to a path of the site.
pub fn header(cookies: &[Cookie], path: &str, https: bool) -> String {
    cookies
        .iter()
        .filter(|c| path.starts_with(&c.path) && (https || !c.secure))
        .map(|c| format!("{}={}", c.name, c.value))
        .collect::<Vec<_>>()
        .join("; ")
}

inert_fixture_does_not_build!();
