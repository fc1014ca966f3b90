// Synthetic, inert fixture written from public reports
//! Lines into files that rotate by size.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A log file with its older parts `name.1`, `name.2` and so on.
pub struct Rotating {
    path: PathBuf,
    file: File,
    size: u64,
    limit: u64,
    keep: usize,
    stamp: bool,
}

impl Rotating {
    /// Opens or creates a log of at most `limit` bytes a part and `keep` older parts.
    pub fn open(path: impl AsRef<Path>, limit: u64, keep: usize) -> io::Result<Self> {
        let path = path.as_ref().to_path_buf();
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            fs::create_dir_all(parent)?;
        }
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let size = file.metadata()?.len();
        Ok(Rotating { path, file, size, limit: limit.max(1024), keep, stamp: true })
    }

    /// Lines without the seconds in front.
    pub fn without_stamp(mut self) -> Self {
        self.stamp = false;
        self
    }

    fn part(&self, n: usize) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{n}"));
        self.path.with_file_name(name)
    }

    fn rotate(&mut self) -> io::Result<()> {
        self.file.flush()?;
        if self.keep == 0 {
            self.file = File::create(&self.path)?;
        } else {
            let _ = fs::remove_file(self.part(self.keep));
            for n in (1..self.keep).rev() {
                let from = self.part(n);
                if from.exists() {
                    fs::rename(from, self.part(n + 1))?;
                }
            }
            fs::rename(&self.path, self.part(1))?;
            self.file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        }
        self.size = 0;
        Ok(())
    }

    /// Writes one line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        let line = if self.stamp {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            format!("{}.{:03} {text}\n", now.as_secs(), now.subsec_millis())
        } else {
            format!("{text}\n")
        };
        if self.size + line.len() as u64 > self.limit && self.size > 0 {
            self.rotate()?;
        }
        self.file.write_all(line.as_bytes())?;
        self.size += line.len() as u64;
        Ok(())
    }

    /// The files of this log, the newest first.
    pub fn files(&self) -> Vec<PathBuf> {
        std::iter::once(self.path.clone())
            .chain((1..=self.keep).map(|n| self.part(n)))
            .filter(|p| p.exists())
            .collect()
    }
}

inert_fixture_does_not_build!();
