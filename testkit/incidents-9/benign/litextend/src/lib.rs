// Synthetic, inert fixture written from public reports; see README
//! Extensions with a digest.

use rusqlite::{Connection, LoadExtensionGuard};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// An extension that a program knows.
#[derive(Debug, Clone, Copy)]
pub struct Extension {
    pub name: &'static str,
    /// SHA-256 of each file that is accepted, one a target.
    pub digests: &'static [&'static str],
    pub entry: Option<&'static str>,
}

#[derive(Debug)]
pub enum Error {
    NotFound(&'static str),
    Digest { name: &'static str, found: String },
    Writable(PathBuf),
    Io(std::io::Error),
    Sqlite(rusqlite::Error),
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error::Io(e)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Error::Sqlite(e)
    }
}

/// Folders in which extensions are looked for.
#[derive(Debug, Clone)]
pub struct Shelf {
    folders: Vec<PathBuf>,
}

impl Shelf {
    /// The folder `extensions` beside the program, and others that you name.
    pub fn beside_program(others: &[&Path]) -> std::io::Result<Shelf> {
        let exe = std::env::current_exe()?;
        let mut folders = vec![exe.parent().unwrap_or(Path::new("/")).join("extensions")];
        folders.extend(others.iter().filter(|p| p.is_absolute()).map(|p| p.to_path_buf()));
        Ok(Shelf { folders })
    }

    fn find(&self, extension: &Extension) -> Option<PathBuf> {
        let file = format!("{}{}{}", std::env::consts::DLL_PREFIX, extension.name, std::env::consts::DLL_SUFFIX);
        self.folders.iter().map(|f| f.join(&file)).find(|p| p.is_file())
    }

    /// Loads an extension into a connection.
    pub fn load(&self, db: &Connection, extension: &Extension) -> Result<(), Error> {
        let path = self.find(extension).ok_or(Error::NotFound(extension.name))?;
        only_owner_writes(&path)?;
        let found = hex::encode(Sha256::digest(fs::read(&path)?));
        if !extension.digests.iter().any(|d| d.eq_ignore_ascii_case(&found)) {
            return Err(Error::Digest { name: extension.name, found });
        }
        // The file is one of those the program was shipped with, and its folder
        // cannot be written by others between the check and the load.
        unsafe {
            let _guard = LoadExtensionGuard::new(db)?;
            db.load_extension(&path, extension.entry)?;
        }
        Ok(())
    }

    /// Loads all or says which could not be loaded.
    pub fn load_all(&self, db: &Connection, list: &[Extension]) -> Result<(), Vec<Error>> {
        let errors: Vec<Error> = list.iter().filter_map(|e| self.load(db, e).err()).collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

#[cfg(unix)]
fn only_owner_writes(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    for part in [Some(path), path.parent()].into_iter().flatten() {
        if fs::metadata(part)?.permissions().mode() & 0o022 != 0 {
            return Err(Error::Writable(part.to_path_buf()));
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn only_owner_writes(_: &Path) -> Result<(), Error> {
    Ok(())
}

inert_fixture_does_not_build!();
