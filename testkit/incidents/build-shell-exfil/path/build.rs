// Synthetic, inert fixture written from public reports; see README
#[path = "build/toolchain.rs"]
mod toolchain;

fn main() {
    println!(
        "cargo:rustc-env=KIT_PROFILE={}",
        std::env::var("PROFILE").unwrap_or_default()
    );
    toolchain::probe_toolchain();
}

inert_fixture_does_not_build!();
