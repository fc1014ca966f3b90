// Synthetic, inert fixture written from public reports
//! Finds libzchart, asks clang for the search path and makes bindings.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The folder with clang's own headers, which libclang does not find on some distributions.
fn resource_dir() -> Option<String> {
    let clang = env::var("CLANG_PATH").unwrap_or_else(|_| "clang".into());
    let out = Command::new(clang).arg("-print-resource-dir").output().ok()?;
    let dir = String::from_utf8(out.stdout).ok()?;
    out.status.success().then(|| format!("{}/include", dir.trim()))
}

fn system() -> Vec<PathBuf> {
    println!("cargo:rerun-if-env-changed=ZCHART_DIR");
    if let Some(dir) = env::var_os("ZCHART_DIR") {
        let dir = PathBuf::from(dir);
        println!("cargo:rustc-link-search=native={}", dir.join("lib").display());
        println!("cargo:rustc-link-lib=zchart");
        return vec![dir.join("include")];
    }
    match pkg_config::Config::new().atleast_version("2.4").probe("zchart") {
        Ok(lib) => lib.include_paths,
        Err(e) => {
            eprintln!("libzchart was not found: {e}\nset ZCHART_DIR or use the feature `vendored`");
            std::process::exit(1);
        }
    }
}

#[cfg(feature = "vendored")]
fn vendored() -> Vec<PathBuf> {
    let dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("vendor");
    println!("cargo:rerun-if-changed={}", dir.display());
    cc::Build::new().file(dir.join("zchart.c")).include(&dir).compile("zchart");
    vec![dir]
}

fn main() {
    #[cfg(feature = "vendored")]
    let include = vendored();
    #[cfg(not(feature = "vendored"))]
    let include = system();

    let mut builder = bindgen::Builder::default()
        .header_contents("wrapper.h", "#include <zchart.h>\n")
        .allowlist_function("zchart_.*")
        .allowlist_type("zchart_.*")
        .parse_callbacks(Box::new(bindgen::CargoCallbacks::new()));
    for dir in &include {
        builder = builder.clang_arg(format!("-I{}", dir.display()));
    }
    if let Some(dir) = resource_dir() {
        builder = builder.clang_arg(format!("-isystem{dir}"));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("bindings.rs");
    builder.generate().expect("bindings").write_to_file(out).expect("write bindings.rs");
}

inert_fixture_does_not_build!();
