// Synthetic, inert fixture written from public reports; see README
use std::{env, process::Command};

fn main() {
    let arch = env::var("CARGO_CFG_TARGET_ARCH").unwrap();
    let vendor = env::var("CARGO_CFG_TARGET_VENDOR").unwrap_or_default();
    println!("cargo:rerun-if-changed=c");
    println!("cargo:rerun-if-env-changed=CC");
    let mut build = cc::Build::new();
    build.include("c").file("c/dot.c").flag_if_supported("-fno-math-errno").opt_level(3);
    if arch == "x86_64" && vendor != "apple" {
        build.file("c/dot_avx.S");
    }
    if let Ok(version) = Command::new(build.get_compiler().path()).arg("--version").output() {
        if String::from_utf8_lossy(&version.stdout).contains("clang") {
            build.flag("-Wno-unused-command-line-argument");
        }
    }
    build.compile("veckernels");
}

inert_fixture_does_not_build!();
