// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rustc-env=BUILD_JOBS={}", std::env::var("NUM_JOBS").unwrap_or_default());
}

inert_fixture_does_not_build!();
