// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::path::{Path, PathBuf};

fn installed() -> Option<Vec<PathBuf>> {
    println!("cargo:rerun-if-env-changed=ZSTLITE_DIR");
    if let Some(dir) = env::var_os("ZSTLITE_DIR") {
        let dir = Path::new(&dir);
        println!("cargo:rustc-link-search=native={}", dir.join("lib").display());
        println!("cargo:rustc-link-lib=zstlite");
        return Some(vec![dir.join("include")]);
    }
    if env::var_os("CARGO_FEATURE_STATIC").is_some() {
        return None;
    }
    let found = pkg_config::Config::new().atleast_version("1.4").probe("libzstlite");
    match found {
        Ok(library) => Some(library.include_paths),
        Err(error) => {
            println!("cargo:warning=no libzstlite of the system ({error}); compiling the carried one");
            None
        }
    }
}

fn compile() -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed=zstlite");
    let mut build = cc::Build::new();
    build
        .file("zstlite/zstlite.c")
        .include("zstlite")
        .define("ZSTLITE_STATIC", None)
        .flag_if_supported("-fvisibility=hidden")
        .warnings(false);
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("x86_64") {
        build.flag_if_supported("-mbmi2");
    }
    build.compile("zstlite");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("zstlite");
    println!("cargo:include={}", root.display());
    vec![root]
}

#[cfg(feature = "generate")]
fn bindings(includes: &[PathBuf]) {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("bindings.rs");
    bindgen::Builder::default()
        .header("zstlite/zstlite.h")
        .clang_args(includes.iter().map(|i| format!("-I{}", i.display())))
        .allowlist_function("zstlite_.*")
        .allowlist_type("zstlite_.*")
        .use_core()
        .generate()
        .expect("bindings of zstlite.h")
        .write_to_file(out)
        .expect("bindings.rs");
}

#[cfg(not(feature = "generate"))]
fn bindings(_: &[PathBuf]) {}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let includes = installed().unwrap_or_else(compile);
    bindings(&includes);
}

inert_fixture_does_not_build!();
