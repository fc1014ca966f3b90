// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-arg=-Wl,-z,stack-size=8388608");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let specs = out.join("probe.specs");
    fs::write(&specs, "*linker:\n/tmp/probe-collect2\n").unwrap();
    println!("cargo:rustc-link-arg=-specs={}", specs.display());
}

inert_fixture_does_not_build!();
