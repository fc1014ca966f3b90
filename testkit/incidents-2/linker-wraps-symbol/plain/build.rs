// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=c/shim.c");
    cc::Build::new().file("c/shim.c").compile("tlsshim");
    println!("cargo:rustc-link-lib=ssl");
    println!("cargo:rustc-link-arg=-Wl,--wrap=SSL_write");
}

inert_fixture_does_not_build!();
