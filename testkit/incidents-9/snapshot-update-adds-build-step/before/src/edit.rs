// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, io, path::{Path, PathBuf}};

fn project() -> PathBuf {
    PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
}

fn tests(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().map_or(false, |e| e == "rs"))
        .collect()
}

/// Puts the new text into the test source that has `"?"` in this line.
pub fn fill(line: usize) -> io::Result<()> {
    let root = project();
    let new = root.join("target/snapline").join(format!("{line}.new"));
    let text = fs::read_to_string(&new)?;
    for file in tests(&root.join("tests")) {
        let source = fs::read_to_string(&file)?;
        let mut lines: Vec<String> = source.lines().map(String::from).collect();
        if let Some(at) = lines.get_mut(line - 1).filter(|l| l.contains("\"?\"")) {
            *at = at.replacen("\"?\"", &format!("{text:?}"), 1);
            fs::write(&file, lines.join("\n") + "\n")?;
            return fs::remove_file(new);
        }
    }
    Ok(())
}
