// Synthetic, inert fixture written from public reports
//! Finds out what the compiler can do by compiling small programs.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn main() {
    println!("cargo:rerun-if-changed=probes");
    for name in ["atomic64", "atomic128"] {
        println!("cargo:rustc-check-cfg=cfg({name})");
        if compiles(name) {
            println!("cargo:rustc-cfg={name}");
        }
    }
}

fn compiler() -> Command {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    match env::var_os("RUSTC_WRAPPER").filter(|wrapper| !wrapper.is_empty()) {
        Some(wrapper) => {
            let mut command = Command::new(wrapper);
            command.arg(rustc);
            command
        }
        None => Command::new(rustc),
    }
}

/// True if the probe compiles for the target. Only metadata are made.
fn compiles(name: &str) -> bool {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    compiler()
        .args(["--edition=2018", "--crate-type=lib", "--emit=metadata"])
        .arg("--target")
        .arg(env::var_os("TARGET").unwrap())
        .arg("--out-dir")
        .arg(out)
        .arg(format!("probes/{name}.rs.txt"))
        .stderr(Stdio::null())
        .status()
        .map_or(false, |status| status.success())
}

inert_fixture_does_not_build!();
