// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::process::Command;

/// Prints what has to be known, a line each.
const ASK: &str = "
import sys, sysconfig, struct
print(sys.version_info[0])
print(sys.version_info[1])
print(sysconfig.get_path('include'))
print(sysconfig.get_config_var('LIBDIR') or '')
print(sysconfig.get_config_var('LDVERSION') or '')
print(struct.calcsize('P') * 8)
print(sys.implementation.name)
";

fn ask(python: &str) -> Option<Vec<String>> {
    // -I: neither variables nor the working folder of the project may change what runs
    let out = Command::new(python).args(["-I", "-c", ASK]).output().ok()?;
    if !out.status.success() {
        return None;
    }
    let lines: Vec<String> = String::from_utf8(out.stdout).ok()?.lines().map(str::to_string).collect();
    (lines.len() == 7).then_some(lines)
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PYTHON");
    println!("cargo:rerun-if-env-changed=VIRTUAL_ENV");
    let candidates = match env::var("PYTHON") {
        Ok(p) => vec![p],
        Err(_) => vec!["python3".into(), "python".into()],
    };
    let Some(found) = candidates.iter().find_map(|p| ask(p)) else {
        println!("cargo:warning=no Python was found; set PYTHON");
        return;
    };
    let [major, minor, include, libdir, ldversion, bits, name] = &found[..] else {
        unreachable!()
    };
    let target_bits = env::var("CARGO_CFG_TARGET_POINTER_WIDTH").unwrap_or_default();
    if *bits != target_bits {
        println!("cargo:warning=this Python has {bits} bits, the target has {target_bits}");
    }
    println!("cargo:version={major}.{minor}");
    println!("cargo:include={include}");
    println!("cargo:implementation={name}");
    println!("cargo:rustc-env=PYHOME_VERSION={major}.{minor}");
    println!("cargo:rustc-env=PYHOME_INCLUDE={include}");
    if !libdir.is_empty() && !ldversion.is_empty() {
        println!("cargo:libdir={libdir}");
        println!("cargo:lib=python{ldversion}");
    }
}

inert_fixture_does_not_build!();
