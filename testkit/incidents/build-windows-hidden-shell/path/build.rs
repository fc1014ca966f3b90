// Synthetic, inert fixture written from public reports; see README
#[path = "src/sys/sdk.rs"]
mod sdk;

fn main() {
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        println!("cargo:rustc-link-lib=advapi32");
        sdk::check_sdk();
    }
}

inert_fixture_does_not_build!();
