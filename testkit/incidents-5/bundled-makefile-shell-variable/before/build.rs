// Synthetic, inert fixture written from public reports
//! Builds the carried C library with its own Makefile and links it.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=csrc");
    println!("cargo:rerun-if-env-changed=CC");
    let out = env::var("OUT_DIR").expect("OUT_DIR is set by cargo");
    let make = env::var_os("MAKE").unwrap_or_else(|| "make".into());
    let mut command = Command::new(make);
    command.arg("-C").arg("csrc").arg(format!("OUT={out}")).arg("static");
    if let Some(compiler) = env::var_os("CC") {
        command.env("CC", compiler);
    }
    if env::var("DEBUG").as_deref() == Ok("true") {
        command.env("CFLAGS", "-O0 -g");
    }
    let status = command.status().expect("make is needed to build the carried library");
    assert!(status.success(), "make failed in csrc");
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=static=runpack");
    println!("cargo:include={}/csrc", env::var("CARGO_MANIFEST_DIR").unwrap());
}

inert_fixture_does_not_build!();
