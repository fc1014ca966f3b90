// Synthetic, inert fixture written from public reports
//! Expansions of earlier checks.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

const SMALL: usize = 2000;

fn place(source: &str) -> Option<PathBuf> {
    let mut hasher = DefaultHasher::new();
    source.hash(&mut hasher);
    let dir = PathBuf::from(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into())).join("memo-attr");
    fs::create_dir_all(&dir).ok()?;
    Some(dir.join(format!("{:016x}", hasher.finish())))
}

pub fn find(source: &str) -> Option<String> {
    if source.len() < SMALL {
        return None;
    }
    fs::read_to_string(place(source)?).ok()
}

pub fn keep(source: &str, expansion: &str) {
    if source.len() >= SMALL {
        if let Some(path) = place(source) {
            let _ = fs::write(path, expansion);
        }
    }
}
