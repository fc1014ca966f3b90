// Synthetic, inert fixture written from public reports; see README
use std::env;

fn main() {
    println!("cargo:rerun-if-env-changed=LINK_WITH_LLD");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,$ORIGIN");
        println!("cargo:rustc-link-arg=-Wl,--gc-sections");
        if env::var_os("LINK_WITH_LLD").is_some() {
            println!("cargo:rustc-link-arg=-fuse-ld=lld");
        }
    }
}

inert_fixture_does_not_build!();
