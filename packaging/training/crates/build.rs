//! Finds out what the compiler can do, and writes a table for the library.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::str;

/// The versions of the compiler from which something is there.
const SINCE: &[(&str, u32)] = &[("has_let_else", 65), ("has_c_str_literals", 77), ("has_lazy_cell", 80), ("has_array_chunks", 88)];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CARGO_CFG_TARGET_FEATURE");
    let minor = minor_version().unwrap_or(56);
    for (name, since) in SINCE {
        if minor >= 80 {
            println!("cargo:rustc-check-cfg=cfg({name})");
        }
        if minor >= *since {
            println!("cargo:rustc-cfg={}", name);
        }
    }
    let target = env::var("TARGET").unwrap_or_default();
    let width = env::var("CARGO_CFG_TARGET_POINTER_WIDTH").ok().and_then(|w| w.parse::<u32>().ok());
    if target.starts_with("thumb") || width == Some(16) {
        println!("cargo:rustc-cfg=small_tables");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let table = table(if width == Some(16) { 4 } else { 8 });
    fs::write(out.join("generated.rs"), table).expect("cannot write the table");
}

fn minor_version() -> Option<u32> {
    let rustc = env::var_os("RUSTC")?;
    let output = Command::new(rustc).arg("--version").output().ok()?;
    let version = str::from_utf8(&output.stdout).ok()?;
    let mut pieces = version.split('.');
    if pieces.next() != Some("rustc 1") {
        return None;
    }
    pieces.next()?.parse().ok()
}

fn table(bits: u32) -> String {
    let mut text = String::from("pub(crate) static SQUARES: &[u32] = &[\n");
    for number in 0u32..1 << bits {
        let _ = writeln!(text, "    {},", number * number);
    }
    text.push_str("];\n");
    text
}
