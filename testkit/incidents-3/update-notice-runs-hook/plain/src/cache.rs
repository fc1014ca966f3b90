// Synthetic, inert fixture written from public reports; see README
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

pub fn age(path: &Path, now: SystemTime) -> Option<Duration> {
    now.duration_since(fs::metadata(path).ok()?.modified().ok()?).ok()
}

pub fn touch(path: &Path) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(path, [])
}
