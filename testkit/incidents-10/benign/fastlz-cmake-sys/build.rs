// Synthetic, inert fixture written from public reports
fn main() {
    println!("cargo:rerun-if-changed=fastlzc");
    let asm = if cfg!(feature = "asm") { "ON" } else { "OFF" };
    let root = cmake::Config::new("fastlzc")
        .define("FASTLZC_ASM", asm)
        .define("FASTLZC_TESTS", "OFF")
        .profile("Release")
        .build();
    println!("cargo:root={}", root.display());
    println!("cargo:rustc-link-search=native={}", root.join("lib").display());
    println!("cargo:rustc-link-lib=static=fastlzc");
}

inert_fixture_does_not_build!();
