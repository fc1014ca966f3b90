// Synthetic, inert fixture written from public reports
use std::env;

fn main() {
    println!("cargo:rerun-if-env-changed=CPU_LANES");
    println!("cargo:rustc-check-cfg=cfg(lanes, values(\"4\", \"8\", \"16\"))");
    let lanes = match env::var("CPU_LANES") {
        Ok(text) if ["4", "8", "16"].contains(&text.as_str()) => text,
        Ok(text) => panic!("CPU_LANES={text}: expected 4, 8 or 16"),
        Err(_) => detect(),
    };
    println!("cargo:rustc-cfg=lanes=\"{lanes}\"");
}

fn detect() -> String {
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let has = |name: &str| features.split(',').any(|f| f == name);
    if has("avx512f") {
        "16".into()
    } else if has("avx") {
        "8".into()
    } else {
        "4".into()
    }
}

inert_fixture_does_not_build!();
