// Synthetic, inert fixture written from public reports
//! Reads and unpacks bundles.

use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::fs;

/// One file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name with slashes.
    pub name: String,
    /// Bits of the mode; only the lower nine are used.
    pub mode: u32,
    /// Content.
    pub data: Vec<u8>,
}

/// A bundle in memory.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// Its entries in their order.
    pub entries: Vec<Entry>,
}

fn bad(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

fn number(from: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn bytes(from: &mut impl Read, len: u32, most: u32) -> io::Result<Vec<u8>> {
    if len > most {
        return Err(bad(format!("{len} bytes, more than {most}")));
    }
    let mut out = vec![0; len as usize];
    from.read_exact(&mut out)?;
    Ok(out)
}

impl Bundle {
    /// Reads a bundle.
    pub fn read(mut from: impl Read) -> io::Result<Bundle> {
        let from = &mut from;
        if bytes(from, 4, 4)? != b"BNDL" {
            return Err(bad("not a bundle"));
        }
        let count = number(from)?;
        let mut bundle = Bundle::default();
        for _ in 0..count {
            let len = number(from)?;
            let name = String::from_utf8(bytes(from, len, 4096)?).map_err(|e| bad(e.to_string()))?;
            let mode = number(from)?;
            let (len, crc) = (number(from)?, number(from)?);
            let data = bytes(from, len, 256 << 20)?;
            if crc32fast::hash(&data) != crc {
                return Err(bad(format!("{name}: the sum differs")));
            }
            bundle.entries.push(Entry { name, mode, data });
        }
        Ok(bundle)
    }

    /// Writes all files below a folder.
    pub fn unpack(&self, into: &Path) -> io::Result<()> {
        for entry in &self.entries {
            let path = into.join(entry.inner_path()?);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, &entry.data)?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&path, fs::Permissions::from_mode(entry.mode & 0o755))?;
            }
        }
        Ok(())
    }
}

impl Entry {
    /// The name as a relative path without `..`.
    pub fn inner_path(&self) -> io::Result<PathBuf> {
        let path = Path::new(&self.name);
        let plain = path.components().all(|c| matches!(c, Component::Normal(_)));
        if !plain || self.name.is_empty() || self.name.contains('\\') {
            return Err(bad(format!("{:?} leads out of the folder", self.name)));
        }
        Ok(path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses() {
        let entry = |name: &str| Entry { name: name.into(), mode: 0o644, data: vec![] };
        assert!(entry("../a").inner_path().is_err());
        assert!(entry("/a").inner_path().is_err());
        assert!(entry("a/b").inner_path().is_ok());
    }
}

inert_fixture_does_not_build!();
