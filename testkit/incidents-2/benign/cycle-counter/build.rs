// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rustc-check-cfg=cfg(has_counter)");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("x86_64") {
        println!("cargo:rustc-cfg=has_counter");
    }
}

inert_fixture_does_not_build!();
