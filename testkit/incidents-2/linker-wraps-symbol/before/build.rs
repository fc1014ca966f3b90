// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=c/shim.c");
    cc::Build::new().file("c/shim.c").compile("tlsshim");
    println!("cargo:rustc-link-lib=ssl");
}

inert_fixture_does_not_build!();
