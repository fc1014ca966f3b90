// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::{Path, PathBuf}};
use toml_edit::DocumentMut;

/// The lock file of the project: above the target folder.
fn find_lock(out: &Path) -> Option<PathBuf> {
    out.ancestors()
        .map(|p| p.join("Cargo.lock"))
        .find(|p| p.is_file())
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let mut code = String::from("pub static PACKAGES: &[(&str, &str)] = &[\n");
    if let Some(path) = find_lock(&out) {
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("readable lock file");
        let lock: DocumentMut = text.parse().expect("lock file in TOML");
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
