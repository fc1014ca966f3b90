// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// Folders in which clang looks for headers; libclang alone does not know them on some systems.
#[cfg(feature = "regenerate")]
fn system_includes() -> Vec<String> {
    let clang = env::var("CLANG_PATH").unwrap_or_else(|_| "clang".into());
    let out = match Command::new(clang).args(["-E", "-x", "c", "-v", "/dev/null"]).output() {
        Ok(o) => String::from_utf8_lossy(&o.stderr).into_owned(),
        Err(_) => return Vec::new(),
    };
    out.lines()
        .skip_while(|l| !l.starts_with("#include <"))
        .skip(1)
        .take_while(|l| l.starts_with(' '))
        .map(|l| format!("-isystem{}", l.trim()))
        .collect()
}

#[cfg(feature = "regenerate")]
fn regenerate(include: &str) {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap()).join("bindings.rs");
    bindgen::Builder::default()
        .header("csrc/lzquick.h")
        .clang_arg(format!("-I{include}"))
        .clang_args(system_includes())
        .allowlist_function("lzq_.*")
        .allowlist_type("lzq_.*")
        .generate()
        .expect("bindgen")
        .write_to_file(out)
        .expect("bindings.rs");
}

#[cfg(feature = "static")]
fn compile() {
    cc::Build::new()
        .file("csrc/lzquick.c")
        .include("csrc")
        .flag_if_supported("-fno-strict-aliasing")
        .compile("lzquick");
}

fn main() {
    println!("cargo:rerun-if-changed=csrc");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CLANG_PATH");
    #[cfg(feature = "static")]
    compile();
    #[cfg(not(feature = "static"))]
    if pkg_config::Config::new().atleast_version("1.2").probe("lzquick").is_err() {
        let hint = Command::new("pkg-config").arg("--version").output().is_err();
        panic!(
            "lzquick 1.2 was not found{}; use the feature `static`",
            if hint { " (and there is no pkg-config)" } else { "" }
        );
    }
    #[cfg(feature = "regenerate")]
    regenerate("csrc");
}

inert_fixture_does_not_build!();
