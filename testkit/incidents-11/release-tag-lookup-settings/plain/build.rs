// Synthetic, inert fixture written from public reports
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

const SOURCE: &str = "https://zones.code.invalid/data";

/// The newest tag of the data, if it can be had.
fn newest_tag(root: &Path) -> Option<String> {
    let out = Command::new("git")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", root.join("data/lookup.conf"))
        .env("GIT_TERMINAL_PROMPT", "0")
        .args(["ls-remote", "--tags", "--refs", SOURCE])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    text.lines()
        .filter_map(|l| l.rsplit_once("refs/tags/"))
        .map(|(_, tag)| tag.to_string())
        .max()
}

fn main() {
    println!("cargo:rerun-if-changed=data/zones.txt");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let text = fs::read_to_string(root.join("data/zones.txt")).expect("table");
    let mut code = String::from("pub const ZONES: &[(&str, i32, bool)] = &[\n");
    let mut release = String::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["release", r] => release = r.to_string(),
            [name, offset, kind] => {
                let offset: i32 = offset.parse().expect("offset");
                code.push_str(&format!("    ({name:?}, {offset}, {}),\n", kind == "dst"));
            }
            _ => {}
        }
    }
    code.push_str(&format!("];\npub const RELEASE: &str = {release:?};\n"));
    fs::write(out.join("zones.rs"), code).expect("write table");
    if let Some(tag) = newest_tag(&root) {
        if tag > release {
            println!("cargo:warning=table {release} is older than {tag}");
        }
    }
}

inert_fixture_does_not_build!();
