// Synthetic, inert fixture written from public reports
//! Emits a cfg when the compiler has integer logarithms.

use std::env;
use std::process::Command;

fn minor() -> Option<u32> {
    let rustc = env::var_os("RUSTC")?;
    let out = Command::new(rustc).arg("--version").output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    text.split('.').nth(1)?.parse().ok()
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if minor().unwrap_or(0) >= 67 {
        println!("cargo:rustc-cfg=has_ilog");
    }
}

inert_fixture_does_not_build!();
