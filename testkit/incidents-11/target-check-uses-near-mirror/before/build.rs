// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Where the compiler keeps the libraries of its targets.
fn sysroot() -> Option<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let out = Command::new(rustc).args(["--print", "sysroot"]).output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    Some(PathBuf::from(text.trim()))
}

fn core_is_there(root: &Path, target: &str) -> bool {
    let Ok(entries) = fs::read_dir(root.join("lib/rustlib").join(target).join("lib")) else { return false };
    entries.flatten().any(|e| e.file_name().to_string_lossy().starts_with("libcore-"))
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    if let Some(root) = sysroot() {
        if !core_is_there(&root, &target) {
            println!("cargo:warning=no core library for {target}; run: rustup target add {target}");
        }
    }
    let (flash, ram) = if env::var_os("CARGO_FEATURE_CORTEX_M4").is_some() { (1024, 192) } else { (64, 8) };
    let script = format!(
        "MEMORY {{\n  FLASH : ORIGIN = 0x08000000, LENGTH = {flash}K\n  RAM : ORIGIN = 0x20000000, LENGTH = {ram}K\n}}\n"
    );
    fs::write(out.join("memory.x"), script).expect("memory.x");
    println!("cargo:rustc-link-search={}", out.display());
}

inert_fixture_does_not_build!();
