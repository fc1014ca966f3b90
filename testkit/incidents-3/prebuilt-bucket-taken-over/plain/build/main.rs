// Synthetic, inert fixture written from public reports; see README
mod prebuilt;

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-env-changed=OPUSENC_LIB_DIR");
    println!("cargo:rerun-if-env-changed=OPUSENC_NO_PREBUILT");

    if let Some(dir) = env::var_os("OPUSENC_LIB_DIR") {
        link(PathBuf::from(dir));
        return;
    }
    if pkg_config::Config::new().atleast_version("0.2.1").probe("libopusenc").is_ok() {
        return;
    }
    if env::var_os("CARGO_FEATURE_PREBUILT").is_none() || env::var_os("OPUSENC_NO_PREBUILT").is_some() {
        panic!("libopusenc was not found; set OPUSENC_LIB_DIR or enable the feature `prebuilt`");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let target = env::var("TARGET").unwrap();
    match prebuilt::obtain(&target, &out) {
        Ok(dir) => link(dir),
        Err(e) => panic!("no prebuilt archive for {target}: {e}"),
    }
}

fn link(dir: PathBuf) {
    println!("cargo:rustc-link-search=native={}", dir.display());
    println!("cargo:rustc-link-lib=static=opusenc");
    println!("cargo:include={}", dir.join("include").display());
}

inert_fixture_does_not_build!();
