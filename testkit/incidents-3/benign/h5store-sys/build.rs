// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    for name in ["H5STORE_DIR", "H5STORE_CONFIG", "CMAKE_GENERATOR", "CC", "CFLAGS"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    if let Some(dir) = env::var_os("H5STORE_DIR") {
        return link(Path::new(&dir));
    }
    if env::var_os("CARGO_FEATURE_STATIC").is_none() {
        if pkg_config::probe_library("h5store").is_ok() {
            return;
        }
        if let Some(prefix) = ask_config() {
            return link(&prefix);
        }
    }
    if !Path::new("ext/h5store/CMakeLists.txt").exists() {
        // A checkout without submodules; packages carry the source.
        let _ = Command::new("git").args(["submodule", "update", "--init", "ext/h5store"]).status();
    }
    let mut config = cmake::Config::new("ext/h5store");
    config.define("H5STORE_BUILD_TOOLS", "OFF").define("BUILD_SHARED_LIBS", "OFF");
    if has_ninja() {
        config.generator("Ninja");
    }
    if cfg!(target_os = "macos") {
        if let Some(sdk) = output("xcrun", &["--show-sdk-path"]) {
            config.define("CMAKE_OSX_SYSROOT", sdk);
        }
    }
    link(&config.build());
}

fn link(prefix: &Path) {
    println!("cargo:rustc-link-search=native={}", prefix.join("lib").display());
    println!("cargo:rustc-link-lib=h5store");
    println!("cargo:root={}", prefix.display());
}

fn ask_config() -> Option<PathBuf> {
    let program = env::var("H5STORE_CONFIG").unwrap_or_else(|_| "h5store-config".into());
    output(&program, &["--prefix"]).map(PathBuf::from)
}

fn has_ninja() -> bool {
    env::var_os("CMAKE_GENERATOR").is_none() && output("ninja", &["--version"]).is_some()
}

fn output(program: &str, args: &[&str]) -> Option<String> {
    let out = Command::new(program).args(args).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_string())
}

inert_fixture_does_not_build!();
