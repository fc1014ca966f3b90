// Synthetic, inert fixture written from public reports; see README
use std::{env, path::Path, process::Command};

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    println!("cargo:rerun-if-changed=lzpack");
    let status = Command::new("sh")
        .arg(Path::new("lzpack").canonicalize().unwrap().join("configure"))
        .arg("--disable-shared")
        .current_dir(&out)
        .status()
        .expect("cannot run configure");
    assert!(status.success(), "configure failed");
    cc::Build::new().file("lzpack/src/lzpack.c").include(&out).compile("lzpack");
}

inert_fixture_does_not_build!();
