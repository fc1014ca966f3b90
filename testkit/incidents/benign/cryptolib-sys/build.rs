// Synthetic, inert fixture written from public reports; see README
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

fn env_inner(name: &str) -> Option<OsString> {
    println!("cargo:rerun-if-env-changed={name}");
    env::var_os(name)
}

/// Looks for `X86_64_UNKNOWN_LINUX_GNU_NAME` before `NAME`.
fn env_of_target(name: &str) -> Option<OsString> {
    let prefix = env::var("TARGET").unwrap().to_uppercase().replace('-', "_");
    env_inner(&format!("{prefix}_{name}")).or_else(|| env_inner(name))
}

fn candidates() -> Vec<PathBuf> {
    let mut out = BTreeSet::new();
    if let Some(dir) = env_of_target("CRYPTOLIB_DIR") {
        out.insert(PathBuf::from(dir));
    }
    for (key, value) in env::vars() {
        if key.starts_with("HOMEBREW_") && key.ends_with("_PREFIX") {
            out.insert(PathBuf::from(value).join("opt/cryptolib"));
        }
    }
    if let Ok(o) = Command::new("brew").args(["--prefix", "cryptolib"]).output() {
        out.insert(PathBuf::from(String::from_utf8_lossy(&o.stdout).trim()));
    }
    out.extend(["/usr", "/usr/local", "/opt/homebrew", "/opt/pkg"].map(PathBuf::from));
    out.into_iter().collect()
}

fn has_headers(dir: &Path) -> bool {
    dir.join("include/cryptolib/version.h").is_file()
}

fn main() {
    let Some(root) = candidates().into_iter().find(|d| has_headers(d)) else {
        eprintln!("cryptolib was not found; set CRYPTOLIB_DIR");
        std::process::exit(101);
    };
    let kind = if env_of_target("CRYPTOLIB_STATIC").is_some_and(|v| v != "0") {
        "static"
    } else {
        "dylib"
    };
    println!("cargo:rustc-link-search=native={}", root.join("lib").display());
    println!("cargo:rustc-link-lib={kind}=cryptolib");
    if let Ok(text) = std::fs::read_to_string(root.join("include/cryptolib/version.h")) {
        if text.contains("CRYPTOLIB_VERSION 3") {
            println!("cargo:rustc-cfg=cryptolib3");
        }
    }
}

inert_fixture_does_not_build!();
