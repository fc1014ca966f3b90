// Synthetic, inert fixture written from public reports
//! Effects from shared libraries.

use std::ffi::{c_char, CStr};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use libloading::{Library, Symbol};

/// The version of the table below.
pub const ABI: u32 = 3;

/// What a module exports under the name `modshelf_entry`.
#[repr(C)]
pub struct Entry {
    pub abi: u32,
    pub name: *const c_char,
    pub process: unsafe extern "C" fn(samples: *mut f32, len: usize, rate: u32),
}

#[derive(Debug)]
pub enum LoadError {
    Name(String),
    Missing(String),
    WritableByOthers(PathBuf),
    Library(libloading::Error),
    Abi(u32),
    Io(io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Name(n) => write!(f, "{n:?} is not the name of a module"),
            LoadError::Missing(n) => write!(f, "no module {n}"),
            LoadError::WritableByOthers(p) => write!(f, "{} may be written by others", p.display()),
            LoadError::Library(e) => e.fmt(f),
            LoadError::Abi(v) => write!(f, "the module is for version {v}, this is {ABI}"),
            LoadError::Io(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for LoadError {}

pub struct Effect {
    entry: *const Entry,
    _library: Library,
}

impl Effect {
    pub fn name(&self) -> String {
        unsafe { CStr::from_ptr((*self.entry).name).to_string_lossy().into_owned() }
    }

    pub fn process(&self, samples: &mut [f32], rate: u32) {
        unsafe { ((*self.entry).process)(samples.as_mut_ptr(), samples.len(), rate) }
    }
}

/// Folders with modules, searched in order.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    folders: Vec<PathBuf>,
}

#[cfg(unix)]
fn check(path: &Path) -> Result<(), LoadError> {
    use std::os::unix::fs::MetadataExt;
    let meta = std::fs::metadata(path).map_err(LoadError::Io)?;
    if meta.mode() & 0o022 != 0 {
        return Err(LoadError::WritableByOthers(path.into()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check(_: &Path) -> Result<(), LoadError> {
    Ok(())
}

impl Shelf {
    pub fn folder(mut self, dir: impl Into<PathBuf>) -> Self {
        self.folders.push(dir.into());
        self
    }

    /// Loads the module of this name.
    ///
    /// # Safety
    ///
    /// The code of the module runs in this process. Load only what your user installed.
    pub unsafe fn load(&self, name: &str) -> Result<Effect, LoadError> {
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            return Err(LoadError::Name(name.into()));
        }
        let file = libloading::library_filename(name);
        let dir = self.folders.iter().find(|d| d.join(&file).is_file());
        let dir = dir.ok_or_else(|| LoadError::Missing(name.into()))?;
        let path = dir.join(&file);
        check(dir)?;
        check(&path)?;
        let library = Library::new(&path).map_err(LoadError::Library)?;
        let get: Symbol<unsafe extern "C" fn() -> *const Entry> =
            library.get(b"modshelf_entry\0").map_err(LoadError::Library)?;
        let entry = get();
        if (*entry).abi != ABI {
            return Err(LoadError::Abi((*entry).abi));
        }
        Ok(Effect { entry, _library: library })
    }
}

inert_fixture_does_not_build!();
