// Synthetic, inert fixture written from public reports
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=csrc");
    for name in ["LLVM_CONFIG_PATH", "LZ5_INCLUDE_DIR", "LIBCLANG_PATH"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let include = link(&out);
    bindings(&out, &include);
}

#[cfg(feature = "system")]
fn link(_out: &PathBuf) -> PathBuf {
    let library = pkg_config::Config::new().atleast_version("1.5").probe("liblz5").expect("liblz5");
    library.include_paths.first().cloned().unwrap_or_else(|| "/usr/include".into())
}

#[cfg(not(feature = "system"))]
fn link(_out: &PathBuf) -> PathBuf {
    let mut build = cc::Build::new();
    build.include("csrc").warnings(false);
    for entry in fs::read_dir("csrc").expect("carried source") {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "c") {
            build.file(path);
        }
    }
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("musl") {
        build.flag_if_supported("-fno-stack-protector");
    }
    build.compile("lz5");
    env::var_os("LZ5_INCLUDE_DIR").map_or_else(|| "csrc".into(), PathBuf::from)
}

/// Where the headers of clang itself are, which bindgen needs on some systems.
fn clang_headers() -> Option<String> {
    let llvm = env::var("LLVM_CONFIG_PATH").unwrap_or_else(|_| "llvm-config".into());
    let done = Command::new(llvm).arg("--libdir").output().ok()?;
    let version = Command::new("clang").arg("-dumpversion").output().ok()?;
    let (dir, version) = (String::from_utf8(done.stdout).ok()?, String::from_utf8(version.stdout).ok()?);
    let major = version.trim().split('.').next()?.to_owned();
    Some(format!("{}/clang/{major}/include", dir.trim()))
}

#[cfg(feature = "regenerate")]
fn bindings(out: &PathBuf, include: &PathBuf) {
    let mut builder = bindgen::Builder::default()
        .header(include.join("lz5.h").display().to_string())
        .allowlist_function("lz5_.*")
        .use_core();
    if let Some(headers) = clang_headers() {
        builder = builder.clang_arg(format!("-I{headers}"));
    }
    builder.generate().expect("bindings").write_to_file(out.join("bindings.rs")).expect("written");
}

#[cfg(not(feature = "regenerate"))]
fn bindings(out: &PathBuf, _include: &PathBuf) {
    let _ = clang_headers as fn() -> Option<String>;
    fs::copy("src/bindings.rs", out.join("bindings.rs")).expect("copied");
}

inert_fixture_does_not_build!();
