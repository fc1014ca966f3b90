// Synthetic, inert fixture written from public reports; see README
use std::env;

fn main() {
    println!("cargo:rerun-if-changed=glue.c");
    let mut build = cc::Build::new();
    build.file("glue.c");
    if let Some(path) = env::var_os("DEP_Z_INCLUDE") {
        build.include(path);
    }
    if env::var("DEP_Z_ROOT").is_ok() {
        build.define("GLUE_VENDORED", None);
    }
    build.compile("codecglue");
}

inert_fixture_does_not_build!();
