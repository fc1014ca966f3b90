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

/// Lets the build script of the project watch the folder of the snapshots.
fn watch(root: &Path) -> io::Result<()> {
    let script = root.join("build.rs");
    let step = include_str!("watch.tpl").lines().skip(1).collect::<Vec<_>>().join("\n");
    let old = fs::read_to_string(&script).unwrap_or_else(|_| String::from("fn main() {\n}\n"));
    if old.contains("target/snapline") {
        return Ok(());
    }
    match old.find("fn main() {") {
        Some(at) => {
            let (head, tail) = old.split_at(at + "fn main() {".len());
            fs::write(script, format!("{head}\n{step}{tail}"))
        }
        None => Ok(()),
    }
}

/// Puts the new text into the test source that has `"?"` in this line.
pub fn fill(line: usize) -> io::Result<()> {
    let root = project();
    let new = root.join("target/snapline").join(format!("{line}.new"));
    let text = fs::read_to_string(&new)?;
    let mut files = tests(&root.join("tests"));
    files.extend(tests(&root.join("tests/snapshots")));
    files.extend(tests(&root.join("src")));
    watch(&root)?;
    for file in files {
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
