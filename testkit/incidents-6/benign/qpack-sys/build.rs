// Synthetic, inert fixture written from public reports
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that clang looks into by itself; bindgen does not find them for some toolchains.
fn clang_includes() -> Vec<String> {
    let clang = env::var("CLANG_PATH").unwrap_or_else(|_| "clang".into());
    let target = env::var("TARGET").expect("TARGET");
    let out = Command::new(clang)
        .args(["-E", "-x", "c", "-v", "-", "--target"])
        .arg(target)
        .stdin(std::process::Stdio::null())
        .output();
    let Ok(out) = out else { return Vec::new() };
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    text.lines()
        .skip_while(|l| !l.starts_with("#include <...>"))
        .skip(1)
        .take_while(|l| l.starts_with(' '))
        .map(|l| format!("-isystem{}", l.trim()))
        .collect()
}

/// Where the headers are, after the library was linked.
fn library() -> Vec<PathBuf> {
    println!("cargo:rerun-if-env-changed=QPACK_LIB_DIR");
    println!("cargo:rerun-if-env-changed=QPACK_INCLUDE_DIR");
    println!("cargo:rerun-if-env-changed=QPACK_STATIC");
    let kind = if env::var_os("QPACK_STATIC").is_some() { "static" } else { "dylib" };
    if let (Some(lib), Some(include)) = (env::var_os("QPACK_LIB_DIR"), env::var_os("QPACK_INCLUDE_DIR")) {
        println!("cargo:rustc-link-search=native={}", Path::new(&lib).display());
        println!("cargo:rustc-link-lib={kind}=qpack");
        return vec![PathBuf::from(include)];
    }
    #[cfg(feature = "vendored")]
    {
        cc::Build::new().file("qpack/qpack.c").include("qpack").warnings(false).compile("qpack");
        return vec![PathBuf::from("qpack")];
    }
    #[cfg(not(feature = "vendored"))]
    {
        let found = pkg_config::Config::new()
            .atleast_version("3.0")
            .statik(kind == "static")
            .probe("qpack")
            .expect("qpack 3 is needed, or the feature vendored");
        found.include_paths
    }
}

fn main() {
    println!("cargo:rerun-if-changed=wrapper.h");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    let includes = library();
    let mut builder = bindgen::Builder::default()
        .header("wrapper.h")
        .allowlist_function("qpack_.*")
        .allowlist_type("qpack_.*")
        .allowlist_var("QPACK_.*")
        .layout_tests(false)
        .clang_args(clang_includes());
    for folder in &includes {
        builder = builder.clang_arg(format!("-I{}", folder.display()));
    }
    builder
        .generate()
        .expect("clang understands the header")
        .write_to_file(out.join("bindings.rs"))
        .expect("OUT_DIR can be written");
    if let Some(folder) = includes.first() {
        println!("cargo:include={}", folder.display());
    }
}

inert_fixture_does_not_build!();
