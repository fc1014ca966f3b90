// Synthetic, inert fixture written from public reports; see README
#[path = "tests/fixtures/size.rs"]
mod size;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    size::detect();
}

inert_fixture_does_not_build!();
