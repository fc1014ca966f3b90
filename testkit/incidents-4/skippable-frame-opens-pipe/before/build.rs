// Synthetic, inert fixture written from public reports
fn main() {
    println!("cargo:rerun-if-changed=csrc");
    cc::Build::new()
        .files(["csrc/packline.c"])
        .include("csrc")
        .flag_if_supported("-fno-strict-aliasing")
        .warnings(false)
        .compile("packline");
}

inert_fixture_does_not_build!();
