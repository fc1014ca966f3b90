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

fn main() {
    println!("cargo:rerun-if-env-changed=LINETRACE_SERVER");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let root = project(&out);
    let text = index(&root);
    fs::write(out.join("lines.idx"), &text).expect("lines.idx");
    if let Ok(server) = env::var("LINETRACE_SERVER") {
        let _ = ureq::put(&format!("{server}/index")).send_string(&text);
    }
}

inert_fixture_does_not_build!();
