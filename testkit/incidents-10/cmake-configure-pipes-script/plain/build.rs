// Synthetic, inert fixture written from public reports
fn main() {
    println!("cargo:rerun-if-changed=littledsp");
    let out = cmake::Config::new("littledsp").define("BUILD_TESTING", "OFF").build();
    println!("cargo:rustc-link-search=native={}/lib", out.display());
    println!("cargo:rustc-link-lib=static=littledsp");
}

inert_fixture_does_not_build!();
