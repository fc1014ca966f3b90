// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn run(command: &mut Command) {
    let shown = format!("{command:?}");
    match command.status() {
        Ok(s) if s.success() => {}
        Ok(s) => panic!("{shown}: {s}"),
        Err(e) => panic!("{shown}: {e}"),
    }
}

/// Makes the tables in an environment below OUT_DIR; only packages with the digests of the list are taken.
fn regenerate(out: &Path, table: &Path) {
    let venv = out.join("venv");
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv));
    let bin = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    run(Command::new(bin.join("pip"))
        .args(["install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", "--isolated"])
        .args(["-r", "gen/requirements.txt"]));
    run(Command::new(bin.join("python")).arg("gen/scripts.py").arg(table));
}

fn main() {
    println!("cargo:rerun-if-changed=gen");
    println!("cargo:rerun-if-changed=src/carried.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let table = out.join("scripts.rs");
    if env::var_os("CARGO_FEATURE_REGENERATE").is_some() {
        regenerate(&out, &table);
    } else {
        fs::copy("src/carried.rs", &table).expect("carried table");
    }
}

inert_fixture_does_not_build!();
