// Synthetic, inert fixture written from public reports; see README
#[path = "native/README.rs"]
mod readme;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    readme::link_native();
}

inert_fixture_does_not_build!();
