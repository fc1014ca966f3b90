// Synthetic, inert fixture written from public reports
fn main() {
    let out = cmake::Config::new("tinycrc").define("TINYCRC_TESTS", "OFF").build();
    println!("cargo:rustc-link-search=native={}/lib", out.display());
    println!("cargo:rustc-link-lib=static=tinycrc");
    println!("cargo:include={}/include", out.display());
    println!("cargo:rerun-if-changed=tinycrc");
}

inert_fixture_does_not_build!();
