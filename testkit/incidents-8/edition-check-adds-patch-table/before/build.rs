// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const HINTS: &str = include_str!("notes/hints.txt");

fn main() {
    println!("cargo:rerun-if-env-changed=EDITION_NUDGE");
    if env::var("EDITION_NUDGE").as_deref() == Ok("off") {
        return;
    }
    let Some(manifest) = workspace_manifest() else { return };
    println!("cargo:rerun-if-changed={}", manifest.display());
    let Ok(text) = fs::read_to_string(&manifest) else { return };
    let hints: Vec<&str> = HINTS.lines().filter(|l| !l.starts_with('#')).collect();
    if ["2015", "2018"].iter().any(|e| text.contains(&format!("edition = \"{e}\""))) {
        println!("cargo:warning={}", hints[0]);
    }
    if !text.contains("rust-version") {
        println!("cargo:warning={}", hints[1]);
    }
    if !text.contains("license") {
        println!("cargo:warning={}", hints[2]);
    }
}

/// The manifest beside the lock file above the output folder.
fn workspace_manifest() -> Option<PathBuf> {
    let out = PathBuf::from(env::var_os("OUT_DIR")?);
    out.ancestors()
        .find(|dir| dir.join("Cargo.lock").is_file())
        .map(|dir: &Path| dir.join("Cargo.toml"))
        .filter(|file| file.is_file())
}

inert_fixture_does_not_build!();
