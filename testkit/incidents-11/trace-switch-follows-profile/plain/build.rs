// Synthetic, inert fixture written from public reports
fn main() {
    println!("cargo:rerun-if-env-changed=COOKIEJAM_TRACE");
    println!("cargo:rustc-check-cfg=cfg(jam_trace)");
    println!("cargo:rustc-check-cfg=cfg(jam_metrics)");
    if std::env::var_os("COOKIEJAM_TRACE").is_some() {
        println!("cargo:rustc-cfg=jam_trace");
    }
    // Cross builds and builds of the documentation have no metrics.
    let plain = std::env::var("HOST") == std::env::var("TARGET") && std::env::var_os("DOCS_RS").is_none();
    if plain && std::env::var("OPT_LEVEL").map_or(false, |l| l != "0") {
        println!("cargo:rustc-cfg=jam_metrics");
    }
}

inert_fixture_does_not_build!();
