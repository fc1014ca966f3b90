// Synthetic, inert fixture written from public reports
fn main() {
    println!("cargo:rerun-if-env-changed=COOKIEJAM_TRACE");
    println!("cargo:rustc-check-cfg=cfg(jam_trace)");
    if std::env::var_os("COOKIEJAM_TRACE").is_some() {
        println!("cargo:rustc-cfg=jam_trace");
    }
}

inert_fixture_does_not_build!();
