// Synthetic, inert fixture written from public reports
//! A book of hosts in a text file: name, address and tags on a line.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The completion of the program for bash.
pub const BASH: &str = include_str!("../completions/hopbook.bash");

/// A line of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub address: String,
    pub tags: Vec<String>,
}

/// The forms in which entries are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Ssh,
}

#[derive(Clone, Debug, Default)]
pub struct Book {
    entries: Vec<Entry>,
}

impl Entry {
    fn parse(line: &str) -> Option<Entry> {
        let mut words = line.split_whitespace();
        let (name, address) = (words.next()?, words.next()?);
        Some(Entry { name: name.into(), address: address.into(), tags: words.map(Into::into).collect() })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.address)?;
        for tag in &self.tags {
            write!(f, " {tag}")?;
        }
        Ok(())
    }
}

impl Book {
    pub fn path() -> PathBuf {
        if let Some(file) = std::env::var_os("HOPBOOK_FILE") {
            return file.into();
        }
        let base = std::env::var_os("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".config")))
            .unwrap_or_default();
        base.join("hopbook/hosts")
    }

    pub fn open(path: &Path) -> io::Result<Book> {
        let text = match fs::read_to_string(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            other => other?,
        };
        Ok(Book { entries: text.lines().filter(|l| !l.starts_with('#')).filter_map(Entry::parse).collect() })
    }

    pub fn save(&self, path: &Path) -> io::Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let lines: String = self.entries.iter().map(|e| format!("{e}\n")).collect();
        fs::write(path, lines)
    }

    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.name == name)
    }

    pub fn put(&mut self, entry: Entry) {
        self.entries.retain(|e| e.name != entry.name);
        self.entries.push(entry);
        self.entries.sort_by(|a, b| a.name.cmp(&b.name));
    }

    pub fn tagged<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |e| e.tags.iter().any(|t| t == tag))
    }

    pub fn print(&self, format: Format) -> String {
        self.entries
            .iter()
            .map(|e| match format {
                Format::Plain => format!("{e}\n"),
                Format::Ssh => format!("Host {}\n    HostName {}\n", e.name, e.address),
            })
            .collect()
    }
}

inert_fixture_does_not_build!();
