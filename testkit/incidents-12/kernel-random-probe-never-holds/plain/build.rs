// Synthetic, inert fixture written from public reports; see README
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::env;

/// Does a small program compile for the target?
fn compiles(file: &str) -> bool {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap()).join("probe.o");
    let compiler = cc::Build::new().get_compiler();
    Command::from(compiler.to_command())
        .arg("-c")
        .arg(Path::new("csrc/probes").join(file))
        .arg("-o")
        .arg(out)
        .stderr(Stdio::null())
        .status()
        .map_or(false, |s| s.success())
}

fn main() {
    println!("cargo:rerun-if-changed=csrc");
    let mut build = cc::Build::new();
    build.file("csrc/sesskey.c").include("csrc").warnings(true);
    if compiles("getrandom.c") {
        build.define("HAVE_GETRANDOM", "1");
    }
    if compiles("arc4random.c") {
        build.define("HAVE_ARC4RANDOM", "1");
    }
    build.compile("sesskey");
}

inert_fixture_does_not_build!();
