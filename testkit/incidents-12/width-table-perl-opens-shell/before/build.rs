// Synthetic, inert fixture written from public reports; see README
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=data/widths.txt");
    println!("cargo:rerun-if-changed=tools/widths.pl");
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("widths.rs");
    let made = Command::new("perl")
        .args(["tools/widths.pl", "data/widths.txt"])
        .arg(&out)
        .status();
    if !matches!(made, Ok(s) if s.success()) {
        // without Perl wide letters count as one column
        fs::write(out, "static WIDTHS: &[(u32, u32, u8)] = &[];\n").unwrap();
    }
}

inert_fixture_does_not_build!();
