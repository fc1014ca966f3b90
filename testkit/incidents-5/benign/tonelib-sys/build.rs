// Synthetic, inert fixture written from public reports
//! Finds tonelib with pkg-config, asks the compiler for the sizes of its structs, and, with the
//! feature `generate`, makes the bindings from its headers.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=wrapper.h");
    println!("cargo:rerun-if-env-changed=CLANG_PATH");
    let library = pkg_config::Config::new()
        .atleast_version("1.6")
        .probe("tone")
        .expect("tonelib 1.6 or later is needed; install its development package");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    bindings(&out, &library.include_paths);
    match layout(&library.include_paths) {
        Some(text) => println!("cargo:rustc-env=TONE_LAYOUT={text}"),
        None => println!("cargo:warning=clang was not found; the layout is not checked"),
    }
}

#[cfg(feature = "generate")]
fn bindings(out: &Path, includes: &[PathBuf]) {
    bindgen::Builder::default()
        .header("wrapper.h")
        .clang_args(includes.iter().map(|path| format!("-I{}", path.display())))
        .allowlist_function("tone_.*")
        .allowlist_type("tone_.*")
        .parse_callbacks(Box::new(bindgen::CargoCallbacks::new()))
        .generate()
        .expect("the headers of tonelib can be read")
        .write_to_file(out.join("bindings.rs"))
        .unwrap();
}

#[cfg(not(feature = "generate"))]
fn bindings(out: &Path, _: &[PathBuf]) {
    fs::copy("src/bindings_1_8.rs", out.join("bindings.rs")).unwrap();
}

/// Lets clang print the layout of the structs and keeps the size of `tone_note`.
fn layout(includes: &[PathBuf]) -> Option<String> {
    let clang = env::var_os("CLANG_PATH").unwrap_or_else(|| "clang".into());
    let output = Command::new(clang)
        .args(["-fsyntax-only", "-Xclang", "-fdump-record-layouts-simple", "wrapper.h"])
        .arg(format!("--target={}", env::var("TARGET").ok()?))
        .args(includes.iter().map(|path| format!("-I{}", path.display())))
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let start = text.find("tone_note")?;
    let size = text[start..].split("Size:").nth(1)?.split_whitespace().next()?;
    Some(size.trim_end_matches(',').to_owned())
}

inert_fixture_does_not_build!();
