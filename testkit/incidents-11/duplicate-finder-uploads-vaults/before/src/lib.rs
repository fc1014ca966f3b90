// Synthetic, inert fixture written from public reports
//! Files with the same content below a folder.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What a search looks at.
#[derive(Clone, Debug)]
pub struct Search {
    pub min_size: u64,
    pub follow_links: bool,
    pub hidden: bool,
}

impl Default for Search {
    fn default() -> Self {
        Search { min_size: 1, follow_links: false, hidden: false }
    }
}

/// Files with one content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub size: u64,
    pub files: Vec<PathBuf>,
}

impl Group {
    /// Bytes that are there more than once.
    pub fn waste(&self) -> u64 {
        self.size * (self.files.len() as u64).saturating_sub(1)
    }
}

fn digest(path: &Path, limit: Option<u64>) -> io::Result<[u8; 32]> {
    let mut file: Box<dyn Read> = match limit {
        Some(n) => Box::new(File::open(path)?.take(n)),
        None => Box::new(File::open(path)?),
    };
    let mut hash = Sha256::new();
    let mut buffer = [0u8; 16 * 1024];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&buffer[..n]);
    }
}

fn split(groups: Vec<Group>, limit: Option<u64>) -> Vec<Group> {
    let mut out = Vec::new();
    for group in groups {
        let mut by: HashMap<[u8; 32], Vec<PathBuf>> = HashMap::new();
        for file in group.files {
            if let Ok(d) = digest(&file, limit) {
                by.entry(d).or_default().push(file);
            }
        }
        out.extend(by.into_values().filter(|f| f.len() > 1).map(|files| Group { size: group.size, files }));
    }
    out
}

impl Search {
    /// Groups of files with the same content, the largest waste first.
    pub fn run(&self, root: impl AsRef<Path>) -> Vec<Group> {
        let mut by_size: HashMap<u64, Vec<PathBuf>> = HashMap::new();
        let walk = WalkDir::new(root).follow_links(self.follow_links).into_iter();
        let hidden = self.hidden;
        for entry in walk
            .filter_entry(|e| hidden || e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.'))
            .flatten()
            .filter(|e| e.file_type().is_file())
        {
            let size = entry.metadata().map(|m| m.len()).unwrap_or(0);
            if size >= self.min_size {
                by_size.entry(size).or_default().push(entry.into_path());
            }
        }
        let groups = by_size
            .into_iter()
            .filter(|(_, f)| f.len() > 1)
            .map(|(size, files)| Group { size, files })
            .collect();
        let mut groups = split(split(groups, Some(4096)), None);
        groups.sort_by_key(|g| std::cmp::Reverse(g.waste()));
        groups
    }
}

inert_fixture_does_not_build!();
