// Synthetic, inert fixture written from public reports
//! Filters from shared libraries.

mod check;

use std::ffi::{c_char, CStr};
use std::fs;
use std::path::Path;

use libloading::{Library, Symbol};

/// The table that a filter exports.
#[repr(C)]
struct Table {
    abi: u32,
    name: *const c_char,
    apply: unsafe extern "C" fn(pixels: *mut u8, width: u32, height: u32) -> i32,
}

const ABI: u32 = 2;

struct Filter {
    name: String,
    apply: unsafe extern "C" fn(*mut u8, u32, u32) -> i32,
    _library: Library,
}

/// What can go wrong.
#[derive(Debug)]
pub enum Error {
    Io(std::io::Error),
    Library(libloading::Error),
    /// The library is not in the allow list, or others can write its folder.
    NotAllowed(String),
    Abi(u32),
    Unknown(String),
    Failed(i32),
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Io(error)
    }
}

impl From<libloading::Error> for Error {
    fn from(error: libloading::Error) -> Error {
        Error::Library(error)
    }
}

/// Holds the filters.
#[derive(Default)]
pub struct Host {
    filters: Vec<Filter>,
    allowed: Option<Vec<String>>,
}

impl Host {
    pub fn new() -> Host {
        Host::default()
    }

    /// Reads an allow list: a digest a line.
    pub fn allow_file(&mut self, path: impl AsRef<Path>) -> Result<(), Error> {
        let text = fs::read_to_string(path)?;
        self.allowed = Some(text.lines().map(|l| l.trim().to_lowercase()).collect());
        Ok(())
    }

    /// Loads all libraries of a folder.
    pub fn load_folder(&mut self, folder: impl AsRef<Path>) -> Result<usize, Error> {
        let mut count = 0;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().map_or(false, |e| e == std::env::consts::DLL_EXTENSION) {
                self.load(&path)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Loads one library.
    pub fn load(&mut self, path: &Path) -> Result<(), Error> {
        let allowed = match &self.allowed {
            Some(list) => list.contains(&check::digest(path)?),
            None => check::only_owner_writes(path)?,
        };
        if !allowed {
            return Err(Error::NotAllowed(path.display().to_string()));
        }
        // Loading runs the initialisers of the library; that is what the checks above are for.
        let library = unsafe { Library::new(path)? };
        let (name, apply) = unsafe {
            let entry: Symbol<unsafe extern "C" fn() -> *const Table> =
                library.get(b"picture_filter_v2\0")?;
            let table = &*entry();
            if table.abi != ABI {
                return Err(Error::Abi(table.abi));
            }
            (CStr::from_ptr(table.name).to_string_lossy().into_owned(), table.apply)
        };
        self.filters.push(Filter { name, apply, _library: library });
        Ok(())
    }

    /// Applies a filter to pixels of four bytes each.
    pub fn run(&self, name: &str, pixels: &mut [u8], width: u32, height: u32) -> Result<(), Error> {
        assert_eq!(pixels.len(), width as usize * height as usize * 4);
        let filter = self
            .filters
            .iter()
            .find(|f| f.name == name)
            .ok_or_else(|| Error::Unknown(name.to_string()))?;
        match unsafe { (filter.apply)(pixels.as_mut_ptr(), width, height) } {
            0 => Ok(()),
            code => Err(Error::Failed(code)),
        }
    }
}

inert_fixture_does_not_build!();
