// Synthetic, inert fixture written from public reports; see README
//! Makes new projects from templates.
use std::{fs, io, path::Path};

/// Makes an empty project at `dir`.
pub fn make(dir: &Path, name: &str) -> io::Result<()> {
    fs::create_dir_all(dir.join("src"))?;
    fs::write(dir.join("Cargo.toml"), format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"))?;
    fs::write(dir.join("src/main.rs"), "fn main() {}\n")
}

inert_fixture_does_not_build!();
