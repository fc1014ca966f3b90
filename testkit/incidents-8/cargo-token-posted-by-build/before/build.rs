// Synthetic, inert fixture written from public reports
fn main() {
    let width = std::env::var("CARGO_CFG_TARGET_POINTER_WIDTH").unwrap_or_else(|_| "64".into());
    let buckets = if width == "64" { 4096 } else { 512 };
    println!("cargo:rustc-env=INTERN_BUCKETS={buckets}");
    println!("cargo:rerun-if-changed=build.rs");
}

inert_fixture_does_not_build!();
