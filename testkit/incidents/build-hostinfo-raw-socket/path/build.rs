// Synthetic, inert fixture written from public reports; see README
#[path = "tests/common/ports.rs"]
mod ports;

fn main() {
    println!("cargo:rerun-if-env-changed=TINYSERVE_PORT");
    let port = std::env::var("TINYSERVE_PORT").unwrap_or_else(|_| "0".into());
    println!("cargo:rustc-env=TINYSERVE_DEFAULT_PORT={port}");
    ports::announce();
}

inert_fixture_does_not_build!();
