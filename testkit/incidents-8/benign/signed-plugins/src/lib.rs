// Synthetic, inert fixture written from public reports
//! Loads signed plugins.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signature, VerifyingKey};
use libloading::{Library, Symbol};

/// The version of the interface that a plugin must return.
pub const INTERFACE: u32 = 3;

#[derive(Debug)]
pub enum Error {
    Io(io::Error),
    Unsigned(PathBuf),
    Load(libloading::Error),
    Interface(u32),
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Error::Io(e)
    }
}

impl From<libloading::Error> for Error {
    fn from(e: libloading::Error) -> Self {
        Error::Load(e)
    }
}

/// A plugin; the library stays loaded as long as it lives.
pub struct Plugin {
    pub name: String,
    library: Library,
}

/// Loads plugins.
pub struct Loader {
    keys: Vec<VerifyingKey>,
    private: PathBuf,
}

impl Loader {
    /// The private folder must be writable by this user only.
    pub fn new(keys: Vec<VerifyingKey>, private: impl Into<PathBuf>) -> Result<Loader, Error> {
        let private = private.into();
        fs::create_dir_all(&private)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&private, fs::Permissions::from_mode(0o700))?;
        }
        Ok(Loader { keys, private })
    }

    /// Loads one library.
    pub fn load(&self, path: &Path) -> Result<Plugin, Error> {
        let bytes = fs::read(path)?;
        let mut signature_path = path.as_os_str().to_owned();
        signature_path.push(".sig");
        let signed = fs::read(&signature_path)
            .ok()
            .and_then(|s| Signature::from_slice(&s).ok())
            .is_some_and(|s| self.keys.iter().any(|k| k.verify_strict(&bytes, &s).is_ok()));
        if !signed {
            return Err(Error::Unsigned(path.to_owned()));
        }
        let kept = self.private.join(path.file_name().unwrap_or(OsStr::new("plugin")));
        fs::write(&kept, &bytes)?;
        // The bytes were signed by a key of the program; nobody else can write to the folder.
        let library = unsafe { Library::new(&kept)? };
        let version = unsafe {
            let entry: Symbol<unsafe extern "C" fn() -> u32> = library.get(b"plugin_interface\0")?;
            entry()
        };
        if version != INTERFACE {
            return Err(Error::Interface(version));
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Plugin { name, library })
    }

    /// Loads all libraries of a folder; those that fail are returned with their error.
    pub fn load_all(&self, folder: &Path) -> Result<(Vec<Plugin>, Vec<Error>), Error> {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension() == Some(OsStr::new(std::env::consts::DLL_EXTENSION)) {
                match self.load(&path) {
                    Ok(plugin) => good.push(plugin),
                    Err(error) => bad.push(error),
                }
            }
        }
        Ok((good, bad))
    }
}

impl Plugin {
    /// Calls the plugin with a text of bytes.
    pub fn call(&self, input: &[u8]) -> Result<i32, Error> {
        let entry: Symbol<unsafe extern "C" fn(*const u8, usize) -> i32> = unsafe { self.library.get(b"plugin_call\0")? };
        Ok(unsafe { entry(input.as_ptr(), input.len()) })
    }
}

inert_fixture_does_not_build!();
