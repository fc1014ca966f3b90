// Synthetic, inert fixture written from public reports; see README
// Decides which span APIs the compiler offers.
#[path = "src/span/fallback.rs"]
mod fallback;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(span_locations)");
    let version = rustc_minor().unwrap_or(70);
    if version >= 77 {
        println!("cargo:rustc-cfg=span_locations");
    }
    fallback::prepare();
}

fn rustc_minor() -> Option<u32> {
    let rustc = std::env::var_os("RUSTC")?;
    let output = std::process::Command::new(rustc).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split('.').nth(1)?.parse().ok()
}

inert_fixture_does_not_build!();
