// Synthetic, inert fixture written from public reports
use std::env;

/// What a build is told apart by: target, profile, level of optimization.
fn stamp() -> String {
    let mut parts = Vec::new();
    for name in ["TARGET", "PROFILE", "OPT_LEVEL", "DEBUG"] {
        parts.push(env::var(name).unwrap_or_default());
    }
    if let Ok(epoch) = env::var("SOURCE_DATE_EPOCH") {
        parts.push(epoch);
    }
    parts.join("-")
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    println!("cargo:rustc-env=HAIL_STAMP={}", stamp());
}

inert_fixture_does_not_build!();
