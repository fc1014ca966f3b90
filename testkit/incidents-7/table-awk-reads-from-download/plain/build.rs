// Synthetic, inert fixture written from public reports
//! Makes the table from `data/isotopes.tsv` with the carried awk program.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=data");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("table.rs");
    let made = Command::new("awk")
        .args(["-f", "data/table.awk", "data/isotopes.tsv"])
        .output()
        .expect("awk is needed to build this crate");
    assert!(made.status.success(), "table.awk: {}", String::from_utf8_lossy(&made.stderr));
    fs::write(out, made.stdout).expect("write table.rs");
}

inert_fixture_does_not_build!();
