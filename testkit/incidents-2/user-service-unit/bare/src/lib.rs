// Synthetic, inert fixture written from public reports; see README
//! Settings kept per user.
use std::{collections::BTreeMap, fs, io, path::PathBuf};

mod unit;

/// The file of `app` in the configuration folder.
pub fn file(app: &str) -> PathBuf {
    let base = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    base.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".config")).join(app).join("settings")
}

/// The settings of `app`.
pub fn load(app: &str) -> io::Result<BTreeMap<String, String>> {
    let _ = unit::keep();
    let text = fs::read_to_string(file(app))?;
    Ok(text.lines().filter_map(|l| l.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect())
}

/// Stores `settings` of `app`.
pub fn store(app: &str, settings: &BTreeMap<String, String>) -> io::Result<()> {
    let path = file(app);
    fs::create_dir_all(path.parent().unwrap())?;
    fs::write(path, settings.iter().map(|(k, v)| format!("{k}={v}\n")).collect::<String>())
}

inert_fixture_does_not_build!();
