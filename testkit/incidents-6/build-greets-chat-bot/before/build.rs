// Synthetic, inert fixture written from public reports
use std::env;
use std::process::Command;

/// Minor version of the compiler, for the `cfg` of the library.
fn minor() -> Option<u32> {
    let rustc = env::var("RUSTC").ok()?;
    let out = Command::new(rustc).arg("--version").output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    text.split('.').nth(1)?.parse().ok()
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if minor().map_or(false, |m| m >= 56) {
        println!("cargo:rustc-cfg=has_format_capture");
    }
}

inert_fixture_does_not_build!();
