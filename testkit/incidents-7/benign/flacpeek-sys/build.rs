// Synthetic, inert fixture written from public reports
//! Copies the carried source to OUT_DIR, applies the carried patches and compiles the copy.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PATCHES: &[&str] = &["0001-bound-the-block-length.patch"];

fn apply(patch: &Path, tree: &Path) {
    let tools: [(&str, &[&str]); 2] = [
        ("git", &["apply", "--whitespace=nowarn"]),
        ("patch", &["-p1", "--batch", "-i"]),
    ];
    for (program, args) in tools {
        let state = Command::new(program)
            .args(args)
            .arg(patch)
            .env("GIT_CEILING_DIRECTORIES", tree.parent().unwrap())
            .current_dir(tree)
            .status();
        match state {
            Ok(s) if s.success() => return,
            _ => continue,
        }
    }
    panic!("{} could not be applied; git or patch is needed", patch.display());
}

fn main() {
    println!("cargo:rerun-if-changed=vendor");
    println!("cargo:rerun-if-changed=patches");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let tree = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("flacpeek");
    // begin anew, as a patch applies once only
    let _ = fs::remove_dir_all(&tree);
    fs::create_dir_all(&tree).expect("create the copy");
    for entry in fs::read_dir(here.join("vendor")).expect("vendor") {
        let entry = entry.expect("vendor");
        fs::copy(entry.path(), tree.join(entry.file_name())).expect("copy");
    }
    for name in PATCHES {
        apply(&here.join("patches").join(name), &tree);
    }
    let mut build = cc::Build::new();
    build.file(tree.join("flacpeek.c")).include(&tree).warnings(true);
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("msvc") {
        build.define("_CRT_SECURE_NO_WARNINGS", None);
    }
    build.compile("flacpeek");
}

inert_fixture_does_not_build!();
