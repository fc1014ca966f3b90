// Synthetic, inert fixture written from public reports; see README
//! ZIP archives with stored entries.

use std::io::{self, Write};

struct Entry {
    name: String,
    crc: u32,
    size: u32,
    offset: u32,
}

/// Writes an archive.
pub struct ZipStore<W: Write> {
    out: W,
    at: u32,
    entries: Vec<Entry>,
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "larger than four gigabytes")
}

impl<W: Write> ZipStore<W> {
    pub fn new(out: W) -> Self {
        ZipStore { out, at: 0, entries: Vec::new() }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        let size = u32::try_from(bytes.len()).map_err(|_| too_large())?;
        self.at = self.at.checked_add(size).ok_or_else(too_large)?;
        Ok(())
    }

    /// Adds an entry.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let entry = Entry {
            name: name.to_string(),
            crc: crc32fast::hash(bytes),
            size: u32::try_from(bytes.len()).map_err(|_| too_large())?,
            offset: self.at,
        };
        let mut head = b"PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\0".to_vec();
        for number in [entry.crc, entry.size, entry.size] {
            head.extend_from_slice(&number.to_le_bytes());
        }
        head.extend_from_slice(&(name.len() as u16).to_le_bytes());
        head.extend_from_slice(&[0, 0]);
        head.extend_from_slice(name.as_bytes());
        self.put(&head)?;
        self.put(bytes)?;
        self.entries.push(entry);
        Ok(())
    }

    /// Writes the directory and gives the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        let start = self.at;
        let entries = std::mem::take(&mut self.entries);
        for e in &entries {
            let mut head = b"PK\x01\x02\x14\0\x14\0\0\x08\0\0\0\0\x21\0".to_vec();
            for number in [e.crc, e.size, e.size] {
                head.extend_from_slice(&number.to_le_bytes());
            }
            head.extend_from_slice(&(e.name.len() as u16).to_le_bytes());
            head.extend_from_slice(&[0; 12]);
            head.extend_from_slice(&e.offset.to_le_bytes());
            head.extend_from_slice(e.name.as_bytes());
            self.put(&head)?;
        }
        let size = self.at - start;
        let count = (entries.len() as u16).to_le_bytes();
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend_from_slice(&count);
        end.extend_from_slice(&count);
        end.extend_from_slice(&size.to_le_bytes());
        end.extend_from_slice(&start.to_le_bytes());
        end.extend_from_slice(&[0, 0]);
        self.put(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

inert_fixture_does_not_build!();
