// Synthetic, inert fixture written from public reports
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=data/wide.txt");
    println!("cargo:rerun-if-changed=tools/ranges.py");
    let out = env::var("OUT_DIR").expect("OUT_DIR");
    let target = Path::new(&out).join("ranges.rs");
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_string());
    let made = Command::new(python).args(["tools/ranges.py", "data/wide.txt"]).output();
    match made {
        Ok(done) if done.status.success() => fs::write(target, done.stdout).expect("write ranges"),
        _ => {
            fs::copy("data/ranges.rs", target).expect("copy ranges");
        }
    }
}

inert_fixture_does_not_build!();
