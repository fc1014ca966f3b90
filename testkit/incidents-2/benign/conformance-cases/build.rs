// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, fmt::Write, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=tests/cases");
    let mut out = String::new();
    for (i, line) in fs::read_to_string("tests/cases/fold.txt").unwrap().lines().enumerate() {
        let Some((given, wanted)) = line.split_once(" => ") else { continue };
        writeln!(out, "#[test]\nfn case_{i}() {{ assert_eq!(crate::fold({given:?}), {wanted:?}); }}").unwrap();
    }
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("cases.rs"), out).unwrap();
}

inert_fixture_does_not_build!();
