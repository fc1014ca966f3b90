// Synthetic, inert fixture written from public reports
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The system headers of the clang that is there, for bindgen with an own libclang.
fn clang_includes() -> Vec<String> {
    let clang = env::var("CLANG_PATH").unwrap_or_else(|_| "clang".into());
    let Ok(out) = Command::new(clang).args(["-E", "-x", "c", "-v", "/dev/null"]).output() else { return Vec::new() };
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    text.lines()
        .skip_while(|l| !l.starts_with("#include <...>"))
        .skip(1)
        .take_while(|l| l.starts_with(' '))
        .map(|l| format!("-isystem{}", l.trim()))
        .collect()
}

fn main() {
    println!("cargo:rerun-if-changed=csrc/camel.h");
    println!("cargo:rerun-if-env-changed=CAMEL_INCLUDE");
    let mut includes: Vec<PathBuf> = env::var_os("CAMEL_INCLUDE").map(PathBuf::from).into_iter().collect();
    if env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        cc::Build::new().file("csrc/camel.c").include("csrc").compile("camel");
        includes.push("csrc".into());
    } else {
        match pkg_config::Config::new().atleast_version("2.4").probe("camel") {
            Ok(library) => includes.extend(library.include_paths),
            Err(e) => {
                println!("cargo:warning={e}; the feature bundled compiles the carried source");
                println!("cargo:rustc-link-lib=camel");
                includes.push("csrc".into());
            }
        }
    }
    let bindings = bindgen::Builder::default()
        .header("csrc/camel.h")
        .clang_args(includes.iter().map(|i| format!("-I{}", i.display())))
        .clang_args(clang_includes())
        .allowlist_function("camel_.*")
        .allowlist_type("camel_.*")
        .layout_tests(false)
        .generate()
        .expect("bindings to camel.h");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("bindings.rs");
    bindings.write_to_file(out).expect("write bindings");
}

inert_fixture_does_not_build!();
