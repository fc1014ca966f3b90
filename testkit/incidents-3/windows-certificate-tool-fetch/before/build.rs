// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if cfg!(windows) {
        // the resource compiler of the SDK is needed by users of this crate
        let found = Command::new("where").arg("rc.exe").output().map(|o| o.status.success()).unwrap_or(false);
        if !found {
            println!("cargo:warning=rc.exe was not found on the path");
        }
    }
}

inert_fixture_does_not_build!();
