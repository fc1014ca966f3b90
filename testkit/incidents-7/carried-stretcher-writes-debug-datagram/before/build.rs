// Synthetic, inert fixture written from public reports
//! Compiles the carried C source.

fn main() {
    println!("cargo:rerun-if-changed=c");
    cc::Build::new()
        .files(["c/stretchkey.c", "c/mix.c"])
        .include("c")
        .opt_level(3)
        .warnings(true)
        .compile("stretchkey");
}

inert_fixture_does_not_build!();
