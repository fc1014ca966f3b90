// Synthetic, inert fixture written from public reports
//! Application entries of a Linux desktop.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Marks the index as one of ours.
const HEAD: &str = include_str!("../templates/index.entry");

/// One entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub exec: String,
    pub hidden: bool,
}

/// Parses the main group of an entry.
pub fn parse(text: &str) -> Entry {
    let mut entry = Entry::default();
    let mut main = false;
    for line in text.lines() {
        if line.starts_with('[') {
            main = line == "[Desktop Entry]";
        } else if let (true, Some((key, value))) = (main, line.split_once('=')) {
            match key.trim() {
                "Name" => entry.name = value.trim().into(),
                "Exec" => entry.exec = value.trim().into(),
                "NoDisplay" | "Hidden" => entry.hidden |= value.trim() == "true",
                _ => {}
            }
        }
    }
    entry
}

fn base(variable: &str, below_home: &str) -> PathBuf {
    env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(below_home))
}

fn folders() -> Vec<PathBuf> {
    let shared = env::var("XDG_DATA_DIRS").unwrap_or_else(|_| "/usr/local/share:/usr/share".into());
    std::iter::once(base("XDG_DATA_HOME", ".local/share"))
        .chain(shared.split(':').map(PathBuf::from))
        .map(|d| d.join("applications"))
        .collect()
}

/// Reads all entries; those of the user win.
pub fn scan() -> BTreeMap<String, Entry> {
    let mut all = BTreeMap::new();
    for folder in folders() {
        for file in fs::read_dir(folder).into_iter().flatten().flatten() {
            let id = file.file_name().to_string_lossy().into_owned();
            if let (true, Ok(text)) = (id.ends_with(".desktop"), fs::read_to_string(file.path())) {
                all.entry(id).or_insert_with(|| parse(&text));
            }
        }
    }
    all
}

/// Writes the index.
pub fn keep(all: &BTreeMap<String, Entry>) -> io::Result<PathBuf> {
    let path = base("XDG_CACHE_HOME", ".cache").join("appentry.index");
    let mut text = String::from(HEAD);
    for (id, entry) in all.iter().filter(|(_, e)| !e.hidden) {
        text.push_str(&format!("\n[{id}]\nName={}\nExec={}\n", entry.name, entry.exec));
    }
    put(&path, &text)?;
    Ok(path)
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    fs::write(path, text)
}

inert_fixture_does_not_build!();
