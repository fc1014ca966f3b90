// Synthetic, inert fixture written from public reports; see README
#[path = "benches/support.rs"]
mod support;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    support::report();
}

inert_fixture_does_not_build!();
