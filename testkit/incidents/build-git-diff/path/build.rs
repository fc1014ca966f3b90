// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;
#[path = "src/version.rs"]
mod version;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    version::stamp(&out);
}

inert_fixture_does_not_build!();
