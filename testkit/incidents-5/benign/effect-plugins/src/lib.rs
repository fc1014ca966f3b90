// Synthetic, inert fixture written from public reports
//! Loads audio effects from shared libraries that the user has installed.
//!
//! A library exports `effect_entry`, a function that gives a table. The first field is the
//! version of the table; other versions are refused before anything else is called.

use std::ffi::{c_char, c_void, CStr, OsStr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libloading::{Library, Symbol};

pub const ABI: u32 = 3;

/// The table of an effect.
#[repr(C)]
pub struct Table {
    pub abi: u32,
    pub name: *const c_char,
    pub create: Option<unsafe extern "C" fn(rate: f32) -> *mut c_void>,
    pub process: Option<unsafe extern "C" fn(*mut c_void, *mut f32, usize)>,
    pub destroy: Option<unsafe extern "C" fn(*mut c_void)>,
}

#[derive(Debug)]
pub enum LoadError {
    Library(libloading::Error),
    Abi(u32),
    Incomplete,
}

/// A loaded library.
#[derive(Debug, Clone)]
pub struct Plugin {
    table: *const Table,
    name: String,
    library: Arc<Library>,
}

/// One running effect. It keeps its library loaded.
#[derive(Debug)]
pub struct Effect {
    state: *mut c_void,
    plugin: Plugin,
}

/// Folders in their order: `EFFECT_PATH`, the user's, the system's.
pub fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("EFFECT_PATH")
        .map(|list| std::env::split_paths(&list).collect())
        .unwrap_or_default();
    if let Some(home) = std::env::var_os("HOME") {
        folders.push(Path::new(&home).join(".effects"));
    }
    folders.push(PathBuf::from("/usr/lib/effects"));
    folders
}

/// Files that may be libraries. None is loaded.
pub fn candidates() -> Vec<PathBuf> {
    let ending = OsStr::new(std::env::consts::DLL_EXTENSION);
    folders()
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.extension() == Some(ending))
        .collect()
}

impl Plugin {
    /// Loads a library.
    ///
    /// # Safety
    ///
    /// The library runs code of its own when it is loaded. The caller must trust the file.
    pub unsafe fn load(path: &Path) -> Result<Self, LoadError> {
        let library = Library::new(path).map_err(LoadError::Library)?;
        let entry: Symbol<unsafe extern "C" fn() -> *const Table> =
            library.get(b"effect_entry\0").map_err(LoadError::Library)?;
        let table = entry();
        let fields = table.as_ref().ok_or(LoadError::Incomplete)?;
        if fields.abi != ABI {
            return Err(LoadError::Abi(fields.abi));
        }
        if fields.name.is_null() || fields.create.is_none() || fields.process.is_none() {
            return Err(LoadError::Incomplete);
        }
        let name = CStr::from_ptr(fields.name).to_string_lossy().into_owned();
        Ok(Plugin { table, name, library: Arc::new(library) })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Starts an effect for a sample rate.
    pub fn start(&self, rate: f32) -> Option<Effect> {
        let create = unsafe { (*self.table).create }?;
        let state = unsafe { create(rate) };
        (!state.is_null()).then(|| Effect { state, plugin: self.clone() })
    }

    /// How many effects and copies use the library.
    pub fn users(&self) -> usize {
        Arc::strong_count(&self.library)
    }
}

impl Effect {
    pub fn process(&mut self, samples: &mut [f32]) {
        if let Some(process) = unsafe { (*self.plugin.table).process } {
            unsafe { process(self.state, samples.as_mut_ptr(), samples.len()) }
        }
    }
}

impl Drop for Effect {
    fn drop(&mut self) {
        if let Some(destroy) = unsafe { (*self.plugin.table).destroy } {
            unsafe { destroy(self.state) }
        }
    }
}

inert_fixture_does_not_build!();
