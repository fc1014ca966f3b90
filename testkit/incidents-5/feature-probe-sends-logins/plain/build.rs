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
    println!("cargo:rustc-check-cfg=cfg(cache_line, values(\"32\", \"64\", \"128\"))");
    let line = measured("cache_line").unwrap_or_else(|| "64".to_owned());
    println!("cargo:rustc-cfg=cache_line=\"{line}\"");
}

/// What a probe prints, for properties that only a running program can tell.
fn measured(name: &str) -> Option<String> {
    if env::var_os("HOST") != env::var_os("TARGET") {
        return None;
    }
    let program = PathBuf::from(env::var_os("OUT_DIR")?).join(name).with_extension(env::consts::EXE_EXTENSION);
    let made = compiler()
        .args(["--edition=2018", "--crate-type=bin", "-o"])
        .arg(&program)
        .arg(format!("probes/{name}.rs.txt"))
        .stderr(Stdio::null())
        .status()
        .map_or(false, |status| status.success());
    let output = if made { Command::new(program).output().ok()? } else { return None };
    let text = String::from_utf8(output.stdout).ok()?;
    ["32", "64", "128"].iter().find(|size| **size == text.trim()).map(|size| size.to_string())
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
