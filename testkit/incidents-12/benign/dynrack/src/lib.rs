// Synthetic, inert fixture written from public reports; see README
//! Plugins from shared libraries.

use libloading::{Library, Symbol};
use std::ffi::{c_char, CStr, CString, OsStr};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// Version of the table; a plugin with another one is not used.
pub const ABI: u32 = 3;

/// The table that a plugin gives.
#[repr(C)]
pub struct Table {
    pub abi: u32,
    pub name: extern "C" fn() -> *const c_char,
    pub run: extern "C" fn(input: *const c_char, len: *mut usize) -> *mut c_char,
    pub free: extern "C" fn(text: *mut c_char),
}

type Entry = unsafe extern "C" fn() -> *const Table;

#[derive(Debug)]
pub enum LoadError {
    Io(io::Error),
    Writable(PathBuf),
    Library(libloading::Error),
    Abi(u32),
    Empty,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Io(e) => e.fmt(f),
            LoadError::Writable(p) => write!(f, "{} can be written by others", p.display()),
            LoadError::Library(e) => e.fmt(f),
            LoadError::Abi(n) => write!(f, "table version {n}, {ABI} is needed"),
            LoadError::Empty => f.write_str("the plugin gave no table"),
        }
    }
}

impl From<io::Error> for LoadError {
    fn from(e: io::Error) -> Self {
        LoadError::Io(e)
    }
}

/// A loaded plugin.
pub struct Plugin {
    table: *const Table,
    path: PathBuf,
    _library: Library,
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), LoadError> {
    use std::os::unix::fs::MetadataExt;
    if fs::metadata(path)?.mode() & 0o022 != 0 {
        return Err(LoadError::Writable(path.to_path_buf()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), LoadError> {
    Ok(())
}

impl Plugin {
    /// Loads one library.
    ///
    /// # Safety
    ///
    /// Code of the library runs when it is loaded. The caller vouches for it.
    pub unsafe fn load(path: &Path) -> Result<Plugin, LoadError> {
        private(path)?;
        let library = Library::new(path).map_err(LoadError::Library)?;
        let entry: Symbol<'_, Entry> = library.get(b"dynrack_entry\0").map_err(LoadError::Library)?;
        let table = entry();
        if table.is_null() {
            return Err(LoadError::Empty);
        }
        if (*table).abi != ABI {
            return Err(LoadError::Abi((*table).abi));
        }
        Ok(Plugin { table, path: path.to_path_buf(), _library: library })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name that the plugin gives itself.
    pub fn name(&self) -> String {
        // SAFETY: the table lives as long as the library, and names are static.
        unsafe { CStr::from_ptr(((*self.table).name)()) }.to_string_lossy().into_owned()
    }

    /// Runs the plugin on a text.
    pub fn run(&self, input: &str) -> Option<String> {
        let input = CString::new(input).ok()?;
        let mut len = 0;
        // SAFETY: the plugin keeps to the table; what it gives is freed by it.
        unsafe {
            let text = ((*self.table).run)(input.as_ptr(), &mut len);
            if text.is_null() {
                return None;
            }
            let out = std::slice::from_raw_parts(text.cast::<u8>(), len).to_vec();
            ((*self.table).free)(text);
            String::from_utf8(out).ok()
        }
    }
}

/// Loads all plugins of a folder, in the order of their names.
///
/// # Safety
///
/// As for [`Plugin::load`], for each library in the folder.
pub unsafe fn load_folder(dir: &Path) -> Result<Vec<Result<Plugin, LoadError>>, LoadError> {
    private(dir)?;
    let mut files: Vec<PathBuf> = fs::read_dir(dir)?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension() == Some(OsStr::new(std::env::consts::DLL_EXTENSION)))
        .collect();
    files.sort();
    Ok(files.iter().map(|p| Plugin::load(p)).collect())
}

inert_fixture_does_not_build!();
