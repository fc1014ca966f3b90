// Synthetic, inert fixture written from public reports
//! Private keys in a sealed file.

mod seal;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// What can go wrong.
#[derive(Debug)]
pub enum Error {
    Io(io::Error),
    /// The passphrase is wrong or the file was changed.
    Sealed,
    Format,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Io(error)
    }
}

/// Named private keys.
pub struct Ring {
    path: PathBuf,
    keys: BTreeMap<String, Zeroizing<Vec<u8>>>,
}

impl Ring {
    /// Opens a file; a file that is not there is an empty ring.
    pub fn open(path: impl AsRef<Path>, passphrase: &str) -> Result<Ring, Error> {
        let path = path.as_ref().to_path_buf();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Ok(Ring { path, keys: BTreeMap::new() });
            }
            Err(e) => return Err(e.into()),
        };
        let plain = seal::open(&bytes, passphrase)?;
        let list: BTreeMap<String, Vec<u8>> =
            serde_json::from_slice(&plain).map_err(|_| Error::Format)?;
        let keys = list.into_iter().map(|(name, key)| (name, Zeroizing::new(key))).collect();
        Ok(Ring { path, keys })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.keys.get(name).map(|k| k.as_slice())
    }

    pub fn put(&mut self, name: &str, key: &[u8]) {
        self.keys.insert(name.to_string(), Zeroizing::new(key.to_vec()));
    }

    pub fn remove(&mut self, name: &str) -> bool {
        self.keys.remove(name).is_some()
    }

    /// Seals the ring and writes it.
    pub fn save(&self, passphrase: &str) -> Result<(), Error> {
        let list: BTreeMap<&str, &[u8]> =
            self.keys.iter().map(|(n, k)| (n.as_str(), k.as_slice())).collect();
        let plain = Zeroizing::new(serde_json::to_vec(&list).map_err(|_| Error::Format)?);
        let bytes = seal::close(&plain, passphrase)?;
        let fresh = self.path.with_extension("fresh");
        write_private(&fresh, &bytes)?;
        fs::rename(&fresh, &self.path)?;
        Ok(())
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()
}

inert_fixture_does_not_build!();
