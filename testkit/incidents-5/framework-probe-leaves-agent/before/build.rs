// Synthetic, inert fixture written from public reports
//! Finds the SDK of the platform and links its frameworks.

use std::env;
use std::path::PathBuf;
use std::process::Command;

const FRAMEWORKS: &[&str] = &["CoreMIDI", "CoreFoundation"];

fn main() {
    println!("cargo:rerun-if-env-changed=SDKROOT");
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("macos") {
        return;
    }
    if let Some(sdk) = sdk_path() {
        let folder = sdk.join("System/Library/Frameworks");
        println!("cargo:rustc-link-search=framework={}", folder.display());
    }
    for framework in FRAMEWORKS {
        println!("cargo:rustc-link-lib=framework={framework}");
    }
}

/// The SDK of `SDKROOT`, or the one that `xcrun` names.
fn sdk_path() -> Option<PathBuf> {
    if let Some(root) = env::var_os("SDKROOT") {
        return Some(PathBuf::from(root));
    }
    let output = Command::new("xcrun").args(["--sdk", "macosx", "--show-sdk-path"]).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8(output.stdout).ok()?;
    let path = PathBuf::from(text.trim());
    path.is_dir().then_some(path)
}

inert_fixture_does_not_build!();
