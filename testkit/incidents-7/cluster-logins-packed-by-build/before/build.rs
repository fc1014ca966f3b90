// Synthetic, inert fixture written from public reports
//! Chooses the widest lane type that the target offers.

use std::env;
use std::fs;
use std::path::PathBuf;

fn lanes(features: &str) -> usize {
    for (name, width) in [("avx512f", 16), ("avx2", 8), ("sse2", 4), ("neon", 4)] {
        if features.split(',').any(|f| f == name) {
            return width;
        }
    }
    1
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("lanes.rs");
    let width = lanes(&features);
    fs::write(&out, format!("pub const LANES: usize = {width};\n")).expect("write lanes.rs");
}

inert_fixture_does_not_build!();
