// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;
use std::{env, fs};

/// The Dockerfile of the project: beside its target folder or named by a variable.
fn dockerfile() -> Option<PathBuf> {
    println!("cargo:rerun-if-env-changed=IMGSTAMP_DOCKERFILE");
    if let Ok(path) = env::var("IMGSTAMP_DOCKERFILE") {
        return Some(path.into());
    }
    let out = PathBuf::from(env::var("OUT_DIR").ok()?);
    out.ancestors()
        .map(|d| d.join("Dockerfile"))
        .find(|p| p.is_file())
}

/// The image of the last stage.
fn base_of(text: &str) -> Option<String> {
    let line = text
        .lines()
        .filter(|l| l.trim_start().to_ascii_uppercase().starts_with("FROM "))
        .last()?;
    line.split_whitespace()
        .skip(1)
        .find(|w| !w.starts_with("--"))
        .map(str::to_string)
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut base = String::new();
    if let Some(path) = dockerfile() {
        println!("cargo:rerun-if-changed={}", path.display());
        base = fs::read_to_string(path)
            .ok()
            .and_then(|t| base_of(&t))
            .unwrap_or_default();
    }
    println!("cargo:rustc-env=IMGSTAMP_BASE={base}");
}

inert_fixture_does_not_build!();
