// Synthetic, inert fixture written from public reports
fn main() {
    cc::Build::new().file("csrc/sbytes.c").include("csrc").warnings(true).compile("sbytes");
    println!("cargo:rerun-if-changed=csrc");
}

inert_fixture_does_not_build!();
