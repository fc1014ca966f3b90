// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::PathBuf;

/// Does a call compile and link? The program is written here, so that it is read with the rest.
fn has(name: &str, includes: &[&str], call: &str) -> bool {
    let dir = PathBuf::from(env::var("OUT_DIR").unwrap());
    let source = dir.join(format!("probe_{name}.c"));
    let mut text = String::new();
    for i in includes {
        text.push_str(&format!("#include <{i}>\n"));
    }
    text.push_str(&format!("unsigned char b[16];\nint main(void) {{ return (int) {call}; }}\n"));
    fs::write(&source, text).unwrap();
    cc::Build::new()
        .file(&source)
        .cargo_metadata(false)
        .warnings(false)
        .out_dir(&dir)
        .try_compile(&format!("probe_{name}"))
        .is_ok()
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=csrc/randfill.c");
    let mut build = cc::Build::new();
    let mut sources = 0;
    for (name, includes, call) in [
        ("GETRANDOM", &["sys/random.h"][..], "getrandom(b, sizeof b, 0)"),
        ("GETENTROPY", &["unistd.h", "sys/random.h"][..], "getentropy(b, sizeof b)"),
        ("ARC4RANDOM", &["stdlib.h"][..], "(arc4random_buf(b, sizeof b), 0)"),
    ] {
        if has(name, includes, call) {
            build.define(&format!("HAVE_{name}"), "1");
            sources += 1;
        }
    }
    if sources == 0 && env::var("CARGO_CFG_UNIX").is_err() {
        panic!("no source of random numbers is known for this target");
    }
    build.file("csrc/randfill.c").compile("randfill");
}

inert_fixture_does_not_build!();
