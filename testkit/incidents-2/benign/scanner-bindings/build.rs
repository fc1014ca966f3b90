// Synthetic, inert fixture written from public reports; see README
use std::{env, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=wrapper.h");
    let library = pkg_config::Config::new().atleast_version("1.0").probe("scan").expect("libscan is not installed");
    let includes = library.include_paths.iter().map(|p| format!("-I{}", p.display()));
    let bindings = bindgen::Builder::default()
        .header("wrapper.h")
        .clang_args(includes)
        .allowlist_function("scan_.*")
        .parse_callbacks(Box::new(bindgen::CargoCallbacks::new()))
        .generate()
        .expect("cannot generate bindings");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    bindings.write_to_file(out.join("bindings.rs")).expect("cannot write bindings");
}

inert_fixture_does_not_build!();
