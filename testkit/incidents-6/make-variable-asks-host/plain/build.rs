// Synthetic, inert fixture written from public reports
use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=crcfold");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let make = env::var("MAKE").unwrap_or_else(|_| "make".to_string());
    let status = Command::new(&make)
        .arg("-C")
        .arg("crcfold")
        .arg(format!("OUT={}", out.display()))
        .arg("static")
        .status()
        .expect("make can be started");
    assert!(status.success(), "{make} failed");
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static=crcfold");
}

inert_fixture_does_not_build!();
