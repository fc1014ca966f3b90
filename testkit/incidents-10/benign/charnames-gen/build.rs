// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=CHARNAMES_REGENERATE");
    println!("cargo:rerun-if-env-changed=PYTHON");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("table.rs");
    if env::var("CHARNAMES_REGENERATE").as_deref() == Ok("1") {
        println!("cargo:rerun-if-changed=ucd/names.txt");
        println!("cargo:rerun-if-changed=tools/pack.py");
        regenerate(&out);
    } else {
        println!("cargo:rerun-if-changed=src/table.rs");
        fs::copy("src/table.rs", &out).expect("copy the committed table");
    }
}

fn regenerate(out: &Path) {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let status = Command::new(&python)
        .args(["-I", "tools/pack.py", "ucd/names.txt"])
        .arg(out)
        .status()
        .unwrap_or_else(|e| panic!("cannot start {}: {e}", Path::new(&python).display()));
    assert!(status.success(), "tools/pack.py: {status}");
}

inert_fixture_does_not_build!();
