// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_OVERRIDE").is_some() {
        // Exported so that shared libraries of the program find these first.
        println!("cargo:rustc-link-arg-bins=-rdynamic");
    }
}

inert_fixture_does_not_build!();
