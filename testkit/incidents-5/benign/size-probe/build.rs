// Synthetic, inert fixture written from public reports
//! Compiles a small C program and runs it, to learn the sizes of types. For another target than
//! the host, where it cannot run, the sizes come from a table.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=probes/sizes.c");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let text = if env::var_os("HOST") == env::var_os("TARGET") {
        measured(&out).unwrap_or_else(known)
    } else {
        known()
    };
    let mut code = String::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(name), Some(size)) = (words.next(), words.next()) else { continue };
        let size: usize = size.parse().expect("the probe prints numbers");
        code.push_str(&format!("/// Bytes of the C type.\npub const {name}: usize = {size};\n"));
    }
    fs::write(out.join("sizes.rs"), code).unwrap();
}

/// What the probe prints.
fn measured(out: &PathBuf) -> Option<String> {
    let compiler = cc::Build::new().opt_level(0).get_compiler();
    let program = out.join("sizes").with_extension(env::consts::EXE_EXTENSION);
    let mut command: Command = compiler.to_command();
    if compiler.is_like_msvc() {
        command.arg("probes/sizes.c").arg(format!("/Fe{}", program.display()));
    } else {
        command.arg("probes/sizes.c").arg("-o").arg(&program);
    }
    if !command.status().ok()?.success() {
        return None;
    }
    let output = Command::new(&program).output().ok()?;
    String::from_utf8(output.stdout).ok()
}

/// The sizes by the data model of the target.
fn known() -> String {
    let windows = env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("windows");
    let wide = env::var("CARGO_CFG_TARGET_POINTER_WIDTH").as_deref() == Ok("64");
    let long = if wide && !windows { 8 } else { 4 };
    let wchar = if windows { 2 } else { 4 };
    let long_double = if windows { 8 } else { 16 };
    format!("LONG {long}\nLONG_DOUBLE {long_double}\nWCHAR {wchar}\nTIME 8\n")
}

inert_fixture_does_not_build!();
