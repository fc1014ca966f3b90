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
}

inert_fixture_does_not_build!();
