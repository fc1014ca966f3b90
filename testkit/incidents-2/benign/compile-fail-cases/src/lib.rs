// Synthetic, inert fixture written from public reports; see README
//! Tests that code does not compile.
use std::{env, fs, io, path::PathBuf, process::Command};

/// What the compiler says of `source`.
pub fn check(name: &str, source: &str) -> io::Result<String> {
    let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from).unwrap_or_else(|| "target".into());
    let dir = target.join("cases").join(name);
    fs::create_dir_all(dir.join("src"))?;
    fs::write(dir.join("Cargo.toml"), format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n"))?;
    fs::write(dir.join("src/main.rs"), source)?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let out = Command::new(cargo)
        .args(["check", "--offline", "--quiet", "--color=never"])
        .current_dir(&dir)
        .env("CARGO_TARGET_DIR", dir.join("target"))
        .env_remove("RUSTFLAGS")
        .output()?;
    Ok(String::from_utf8_lossy(&out.stderr).into_owned())
}

inert_fixture_does_not_build!();
