// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn made() -> Option<String> {
    let perl = env::var_os("PERL").unwrap_or_else(|| "perl".into());
    let output = Command::new(perl)
        .args(["-T", "tools/classes.pl", "data/classes.txt"])
        .output()
        .ok()?;
    if !output.status.success() {
        println!("cargo:warning={}", String::from_utf8_lossy(&output.stderr).trim());
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

fn main() {
    for file in ["tools/classes.pl", "data/classes.txt", "data/classes.rs"] {
        println!("cargo:rerun-if-changed={file}");
    }
    println!("cargo:rerun-if-env-changed=PERL");
    println!("cargo:rerun-if-env-changed=CHARCLASS_TABLE");
    let carried = || fs::read_to_string("data/classes.rs").expect("data/classes.rs");
    let table = match env::var("CHARCLASS_TABLE").as_deref() {
        Ok("carried") => carried(),
        _ => made().unwrap_or_else(carried),
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    fs::write(out.join("classes.rs"), table).expect("classes.rs");
}

inert_fixture_does_not_build!();
