// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=c");
    let mut build = cc::Build::new();
    build.include("c").file("c/tokens.c").warnings(false);
    if std::env::var("CARGO_CFG_TARGET_ENV").unwrap_or_default() == "msvc" {
        build.define("_CRT_SECURE_NO_WARNINGS", None);
    }
    build.compile("miniexpat");
}

inert_fixture_does_not_build!();
