// Synthetic, inert fixture written from public reports; see README
//! Reads the configuration of Cargo.
use std::{env, fs, path::{Path, PathBuf}};

/// The folder of Cargo.
pub fn home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))
}

/// Configuration files that hold for `dir`, nearest first.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    dir.ancestors().map(|d| d.join(".cargo/config.toml")).chain(home().map(|h| h.join("config.toml"))).filter(|f| f.is_file()).collect()
}

/// The source that replaces crates-io, when one does.
pub fn replacement(dir: &Path) -> Option<String> {
    files(dir).iter().find_map(|f| {
        let table: toml::Table = fs::read_to_string(f).ok()?.parse().ok()?;
        Some(table.get("source")?.get("crates-io")?.get("replace-with")?.as_str()?.to_owned())
    })
}

/// Whether a credentials file exists; it is not read.
pub fn logged_in() -> bool {
    home().map_or(false, |h| h.join("credentials.toml").is_file())
}

inert_fixture_does_not_build!();
