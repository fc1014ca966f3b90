// Synthetic, inert fixture written from public reports
use std::thread::available_parallelism;

fn main() {
    let count = available_parallelism().map(|n| n.get()).unwrap_or(1);
    println!("cargo:rustc-env=CHUNK_HINT={count}");
    println!("cargo:rerun-if-changed=build.rs");
}

inert_fixture_does_not_build!();
