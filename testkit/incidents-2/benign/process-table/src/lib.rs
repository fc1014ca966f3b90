// Synthetic, inert fixture written from public reports; see README
//! Reads the process table.
use std::{fs, io, path::PathBuf};

/// A process.
pub struct Process {
    root: PathBuf,
}

impl Process {
    /// The process with `pid`.
    pub fn new(pid: u32) -> Process {
        Process { root: PathBuf::from("/proc").join(pid.to_string()) }
    }

    /// This process.
    pub fn myself() -> Process {
        Process { root: "/proc/self".into() }
    }

    /// Its arguments.
    pub fn cmdline(&self) -> io::Result<Vec<String>> {
        Ok(fs::read(self.root.join("cmdline"))?.split(|b| *b == 0).map(|w| String::from_utf8_lossy(w).into_owned()).collect())
    }

    /// Resident memory in pages.
    pub fn resident(&self) -> io::Result<u64> {
        let text = fs::read_to_string(self.root.join("statm"))?;
        text.split(' ').nth(1).and_then(|n| n.parse().ok()).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Its children.
    pub fn children(&self) -> io::Result<Vec<u32>> {
        let text = fs::read_to_string(self.root.join("task").join("1").join("children"))?;
        Ok(text.split_whitespace().filter_map(|n| n.parse().ok()).collect())
    }
}

inert_fixture_does_not_build!();
