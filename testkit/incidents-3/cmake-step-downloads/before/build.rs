// Synthetic, inert fixture written from public reports; see README
use std::env;

fn main() {
    println!("cargo:rerun-if-changed=vendor");
    let dst = cmake::Config::new("vendor")
        .define("FASTLZ4_TESTS", "OFF")
        .define("BUILD_SHARED_LIBS", "OFF")
        .profile(if env::var("PROFILE").as_deref() == Ok("release") { "Release" } else { "Debug" })
        .build();
    println!("cargo:rustc-link-search=native={}", dst.join("lib").display());
    println!("cargo:rustc-link-lib=static=fastlz4");
}

inert_fixture_does_not_build!();
