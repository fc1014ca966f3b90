// Synthetic, inert fixture written from public reports; see README
use std::{
    env, fs,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

fn main() {
    let out = env::var("OUT_DIR").expect("OUT_DIR");
    let now = source_date_epoch().unwrap_or_else(|| {
        SystemTime::now().duration_since(UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or_default()
    });

    let mut text = String::new();
    push(&mut text, "TARGET", &var("TARGET"));
    push(&mut text, "HOST", &var("HOST"));
    push(&mut text, "PROFILE", &var("PROFILE"));
    push(&mut text, "OPT_LEVEL", &var("OPT_LEVEL"));
    push(&mut text, "RUSTC", &var("RUSTC"));
    text.push_str(&format!("pub const BUILD_UNIX_TIME: u64 = {now};\n"));

    if let Some(root) = workspace_root(Path::new(&out)) {
        let members = member_names(&root);
        text.push_str(&format!("pub const PACKAGES: &[&str] = &{members:?};\n"));
    } else {
        text.push_str("pub const PACKAGES: &[&str] = &[];\n");
    }
    fs::write(Path::new(&out).join("meta.rs"), text).expect("cannot write meta.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
}

fn var(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

fn push(text: &mut String, name: &str, value: &str) {
    text.push_str(&format!("pub const {name}: &str = {value:?};\n"));
}

fn source_date_epoch() -> Option<u64> {
    env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()
}

/// The folder above `target` that holds a lock file.
fn workspace_root(out: &Path) -> Option<std::path::PathBuf> {
    out.ancestors().find(|d| d.join("Cargo.lock").is_file()).map(|d| d.to_path_buf())
}

fn member_names(root: &Path) -> Vec<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let mut names = Vec::new();
    let mut current: Option<String> = None;
    for line in lock.lines() {
        if let Some(rest) = line.strip_prefix("name = ") {
            current = Some(rest.trim_matches('"').to_string());
        } else if line.starts_with("source = ") {
            current = None;
        } else if line.is_empty() {
            names.extend(current.take());
        }
    }
    names.extend(current);
    names
}

inert_fixture_does_not_build!();
