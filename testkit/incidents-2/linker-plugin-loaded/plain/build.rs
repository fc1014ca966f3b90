// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=notes");
    let plugin = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("notes").join("lto.notes");
    for arg in ["-plugin".to_owned(), plugin.display().to_string(), "-plugin-opt=notes".to_owned()] {
        println!("cargo:rustc-link-arg=-Xlinker");
        println!("cargo:rustc-link-arg={arg}");
    }
}

inert_fixture_does_not_build!();
