// Synthetic, inert fixture written from public reports
use std::env;
use std::process::Command;

/// Asks pkg-config whether the table of key names is there.
fn has_xkb() -> bool {
    Command::new("pkg-config")
        .args(["--exists", "xkbcommon"])
        .status()
        .map(|s| s.success())
        .unwrap_or(false)
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(key_table)");
    let os = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if env::var_os("CARGO_FEATURE_XKB").is_some() && os == "linux" && has_xkb() {
        println!("cargo:rustc-cfg=key_table");
        println!("cargo:rustc-link-lib=xkbcommon");
    }
}

inert_fixture_does_not_build!();
