// Synthetic, inert fixture written from public reports
//! Plugins in shared libraries.

use libloading::{Library, Symbol};
use std::ffi::{c_char, CStr, OsStr};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub const ABI: u32 = 3;

/// The table that a library gives.
#[repr(C)]
pub struct Table {
    pub abi: u32,
    pub name: *const c_char,
    pub apply: extern "C" fn(input: *const u8, len: usize, out: *mut u8, room: usize) -> isize,
}

/// A loaded plugin. The library stays loaded as long as this lives.
pub struct Plugin {
    name: String,
    table: *const Table,
    _library: Library,
}

#[derive(Debug)]
pub enum LoadError {
    Io(io::Error),
    Writable(PathBuf),
    Library(libloading::Error),
    Abi(u32),
}

impl From<io::Error> for LoadError {
    fn from(e: io::Error) -> Self {
        LoadError::Io(e)
    }
}

#[cfg(unix)]
fn safe(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    extern "C" {
        fn geteuid() -> u32;
    }
    let meta = fs::symlink_metadata(path)?;
    let me = unsafe { geteuid() };
    Ok(!meta.file_type().is_symlink() && (meta.uid() == me || meta.uid() == 0) && meta.mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn safe(path: &Path) -> io::Result<bool> {
    Ok(!fs::symlink_metadata(path)?.file_type().is_symlink())
}

fn ending() -> &'static OsStr {
    OsStr::new(std::env::consts::DLL_EXTENSION)
}

/// The libraries of a folder, by name.
pub fn candidates(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = fs::read_dir(folder)?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension() == Some(ending()))
        .collect();
    out.sort();
    Ok(out)
}

impl Plugin {
    /// Loads one library.
    ///
    /// # Safety
    ///
    /// The library runs in this process with all its rights; its author must be trusted.
    pub unsafe fn load(path: &Path) -> Result<Plugin, LoadError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        for p in [folder, path] {
            if !safe(p)? {
                return Err(LoadError::Writable(p.into()));
            }
        }
        let library = Library::new(path).map_err(LoadError::Library)?;
        let table: *const Table = {
            let entry: Symbol<extern "C" fn() -> *const Table> =
                library.get(b"plugbay_table\0").map_err(LoadError::Library)?;
            entry()
        };
        let abi = table.as_ref().map_or(0, |t| t.abi);
        if abi != ABI {
            return Err(LoadError::Abi(abi));
        }
        let name = CStr::from_ptr((*table).name).to_string_lossy().into_owned();
        Ok(Plugin { name, table, _library: library })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lets the plugin work on some bytes.
    pub fn apply(&self, input: &[u8]) -> Option<Vec<u8>> {
        let mut out = vec![0u8; input.len() * 2 + 64];
        let table = unsafe { &*self.table };
        let n = (table.apply)(input.as_ptr(), input.len(), out.as_mut_ptr(), out.len());
        let n = usize::try_from(n).ok().filter(|n| *n <= out.len())?;
        out.truncate(n);
        Some(out)
    }
}

inert_fixture_does_not_build!();
