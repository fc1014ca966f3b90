// Synthetic, inert fixture written from public reports; see README
//! Shreds files and whole folders.
//!
//! On copying file systems and flash memory old blocks can survive; this is no promise.
use rand::{rngs::SmallRng, RngCore, SeedableRng};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

#[derive(Clone, Copy, Debug)]
pub enum Pass {
    Zero,
    Ones,
    Random,
}

#[derive(Clone, Debug)]
pub struct Shredder {
    passes: Vec<Pass>,
    follow_links: bool,
}

#[derive(Debug, Default)]
pub struct Summary {
    pub files: u64,
    pub bytes: u64,
    pub failed: Vec<(PathBuf, String)>,
}

impl Default for Shredder {
    fn default() -> Self {
        Shredder { passes: vec![Pass::Random, Pass::Random, Pass::Zero], follow_links: false }
    }
}

impl Shredder {
    pub fn passes(mut self, passes: &[Pass]) -> Self {
        self.passes = passes.to_vec();
        self
    }

    pub fn file(&self, path: &Path) -> io::Result<u64> {
        let meta = fs::symlink_metadata(path)?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a plain file"));
        }
        let mut file = OpenOptions::new().write(true).open(path)?;
        for pass in &self.passes {
            fill(&mut file, meta.len(), *pass)?;
        }
        file.set_len(0)?;
        drop(file);
        let hidden = path.with_file_name(format!("{:016x}", rand::random::<u64>()));
        fs::rename(path, &hidden)?;
        fs::remove_file(hidden)?;
        Ok(meta.len())
    }

    /// Shreds all that lies below a folder, then the folder.
    pub fn tree(&self, root: &Path) -> Summary {
        let mut sum = Summary::default();
        for entry in WalkDir::new(root).follow_links(self.follow_links).contents_first(true) {
            let entry = match entry {
                Ok(e) => e,
                Err(e) => {
                    sum.failed.push((e.path().unwrap_or(root).to_path_buf(), e.to_string()));
                    continue;
                }
            };
            let done = if entry.file_type().is_dir() {
                fs::remove_dir(entry.path()).map(|()| 0)
            } else if entry.file_type().is_symlink() {
                fs::remove_file(entry.path()).map(|()| 0)
            } else {
                self.file(entry.path()).inspect(|_| sum.files += 1)
            };
            match done {
                Ok(n) => sum.bytes += n,
                Err(e) => sum.failed.push((entry.path().to_path_buf(), e.to_string())),
            }
        }
        sum
    }
}

fn fill(file: &mut File, len: u64, pass: Pass) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    let mut rng = SmallRng::from_entropy();
    let mut block = [0u8; 4096];
    let mut left = len;
    while left > 0 {
        match pass {
            Pass::Zero => block.fill(0),
            Pass::Ones => block.fill(0xff),
            Pass::Random => rng.fill_bytes(&mut block),
        }
        let n = left.min(4096) as usize;
        file.write_all(&block[..n])?;
        left -= n as u64;
    }
    file.sync_data()
}

inert_fixture_does_not_build!();
