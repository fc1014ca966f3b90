// Synthetic, inert fixture written from public reports; see README
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn lock_file(out: &Path) -> Option<PathBuf> {
    println!("cargo:rerun-if-env-changed=BUILTWITH_LOCK");
    if let Some(path) = env::var_os("BUILTWITH_LOCK") {
        return Some(PathBuf::from(path));
    }
    // OUT_DIR is <project>/target/<profile>/build/<crate>/out, or deeper with a target triple.
    out.ancestors()
        .skip(4)
        .take(4)
        .map(|dir| dir.join("Cargo.lock"))
        .find(|path| path.is_file())
}

fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

fn read(text: &str) -> BTreeMap<String, Vec<semver::Version>> {
    let mut found: BTreeMap<String, Vec<semver::Version>> = BTreeMap::new();
    let mut name = None;
    for line in text.lines() {
        if line == "[[package]]" {
            name = None;
        } else if let Some(n) = value(line, "name") {
            name = Some(n.to_string());
        } else if let (Some(n), Some(v)) = (&name, value(line, "version")) {
            match v.parse() {
                Ok(version) => found.entry(n.clone()).or_default().push(version),
                Err(error) => println!("cargo:warning=version {v} of {n}: {error}"),
            }
        }
    }
    found
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    let packages = match lock_file(&out) {
        Some(path) => {
            println!("cargo:rerun-if-changed={}", path.display());
            read(&fs::read_to_string(&path).unwrap_or_default())
        }
        None => {
            println!("cargo:warning=no lock file found; the table is empty");
            BTreeMap::new()
        }
    };
    let mut code = String::from("pub static PACKAGES: &[(&str, (u64, u64, u64))] = &[\n");
    for (name, versions) in &packages {
        for v in versions {
            writeln!(code, "    ({name:?}, ({}, {}, {})),", v.major, v.minor, v.patch).unwrap();
        }
    }
    code.push_str("];\n");
    fs::write(out.join("packages.rs"), code).expect("write packages.rs");
}

inert_fixture_does_not_build!();
