// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-env-changed=ZLITE_STATIC");
    println!("cargo:rerun-if-changed=src/zlite.c");
    let want_static = env::var("ZLITE_STATIC").is_ok_and(|v| v != "0");
    if !want_static {
        if let Ok(lib) = pkg_config::Config::new().atleast_version("1.2").probe("zlite") {
            for path in lib.include_paths {
                println!("cargo:include={}", path.display());
            }
            return;
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let target = env::var("TARGET").unwrap();
    let mut cfg = cc::Build::new();
    cfg.file("src/zlite.c")
        .include("src")
        .out_dir(&out)
        .warnings(false);
    if target.contains("windows-msvc") {
        cfg.define("_CRT_SECURE_NO_DEPRECATE", None);
    } else {
        cfg.flag_if_supported("-fvisibility=hidden");
    }
    cfg.compile("zlite");
    println!("cargo:root={}", out.display());
    println!("cargo:include={}", out.join("include").display());
}

inert_fixture_does_not_build!();
