// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rustc-env=CODEC_INCLUDE={}", std::env::var("DEP_CODECCORE_INCLUDE").unwrap_or_default());
}

inert_fixture_does_not_build!();
