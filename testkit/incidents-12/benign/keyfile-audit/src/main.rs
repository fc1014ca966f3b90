// Synthetic, inert fixture written from public reports; see README
//! Finds private keys that others can read.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::env;

/// Folders that are large and hold no keys of the user.
const SKIP: [&str; 5] = ["node_modules", "target", ".git", "proc", "sys"];

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Kind {
    OpenSsh,
    Pem { sealed: bool },
    Putty { sealed: bool },
    Age,
}

/// The kind of a key by the first bytes of its file.
fn kind(head: &str) -> Option<Kind> {
    if head.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----") {
        Some(Kind::OpenSsh)
    } else if head.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----") {
        Some(Kind::Pem { sealed: true })
    } else if head.starts_with("-----BEGIN") && head.contains("PRIVATE KEY-----") {
        Some(Kind::Pem { sealed: head.contains("Proc-Type: 4,ENCRYPTED") })
    } else if head.starts_with("PuTTY-User-Key-File-") {
        Some(Kind::Putty { sealed: !head.contains("Encryption: none") })
    } else if head.contains("AGE-SECRET-KEY-1") {
        Some(Kind::Age)
    } else {
        None
    }
}

struct Finding {
    path: PathBuf,
    kind: Kind,
    mode: u32,
}

impl Finding {
    fn loose(&self) -> bool {
        self.mode & 0o077 != 0
    }

    fn open(&self) -> bool {
        matches!(self.kind, Kind::Pem { sealed: false } | Kind::Putty { sealed: false } | Kind::Age)
    }
}

fn look(path: &Path) -> Option<Finding> {
    let meta = fs::symlink_metadata(path).ok()?;
    if !meta.is_file() || !(32..64 * 1024).contains(&meta.len()) {
        return None;
    }
    let mut head = [0; 256];
    let n = File::open(path).ok()?.read(&mut head).ok()?;
    let kind = kind(&String::from_utf8_lossy(&head[..n]))?;
    Some(Finding { path: path.to_path_buf(), kind, mode: meta.mode() & 0o777 })
}

fn walk(dir: &Path, out: &mut Vec<Finding>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            let name = entry.file_name();
            if !SKIP.iter().any(|s| name == *s) {
                walk(&path, out);
            }
        } else if let Some(f) = look(&path) {
            out.push(f);
        }
    }
}

fn main() -> ExitCode {
    let (flags, folders): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|a| a.starts_with("--"));
    let fix = flags.iter().any(|f| f == "--fix");
    if folders.is_empty() {
        eprintln!("usage: keyfile-audit [--fix] <folder>...");
        return ExitCode::from(2);
    }
    let mut found = Vec::new();
    for f in &folders {
        walk(Path::new(f), &mut found);
    }
    let mut bad = 0;
    for f in &found {
        let mut notes = Vec::new();
        if f.loose() {
            notes.push(format!("mode {:o}", f.mode));
        }
        if f.open() {
            notes.push("no passphrase".into());
        }
        if notes.is_empty() {
            continue;
        }
        bad += 1;
        println!("{}: {:?}, {}", f.path.display(), f.kind, notes.join(", "));
        if fix && f.loose() {
            if let Err(e) = fs::set_permissions(&f.path, fs::Permissions::from_mode(0o600)) {
                eprintln!("  not changed: {e}");
            }
        }
    }
    println!("{} keys, {bad} with a remark", found.len());
    ExitCode::from(u8::from(bad > 0))
}

inert_fixture_does_not_build!();
