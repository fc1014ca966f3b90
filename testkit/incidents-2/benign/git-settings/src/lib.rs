// Synthetic, inert fixture written from public reports; see README
//! Reads and edits settings of git.
use std::{env, fs, io, path::{Path, PathBuf}};

/// Files that hold settings for the repository at `dir`, strongest first.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = vec![dir.join(".git/config")];
    if let Some(home) = env::var_os("HOME").map(PathBuf::from) {
        all.push(home.join(".gitconfig"));
        all.push(home.join(".config/git/config"));
    }
    all.push("/etc/gitconfig".into());
    all
}

/// The value of `key` in `section`.
pub fn value(text: &str, section: &str, key: &str) -> Option<String> {
    let mut inside = false;
    text.lines().map(str::trim).filter_map(|l| {
        if l.starts_with('[') { inside = l == format!("[{section}]"); }
        let (k, v) = l.split_once('=')?;
        (inside && k.trim() == key).then(|| v.trim().to_owned())
    }).last()
}

/// Adds a setting to `file`.
pub fn add(file: &Path, section: &str, key: &str, value: &str) -> io::Result<()> {
    let mut text = fs::read_to_string(file).unwrap_or_default();
    text.push_str(&format!("[{section}]\n\t{key} = {value}\n"));
    fs::write(file, text)
}

inert_fixture_does_not_build!();
