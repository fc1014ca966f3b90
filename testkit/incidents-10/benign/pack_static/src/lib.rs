// Synthetic, inert fixture written from public reports
//! Embeds a folder of static files.

use proc_macro::{Literal, TokenStream, TokenTree};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Endings of files that hardly ever belong on a public site.
const PRIVATE: &[&str] = &["key", "kdbx", "p12", "pem", "pfx", "sqlite"];
/// Names of files that hardly ever belong on a public site.
const PRIVATE_NAMES: &[&str] = &["credentials", "credentials.json", "id_ed25519", "id_rsa"];

/// An array of `pack::File`, sorted by path.
#[proc_macro]
pub fn pack_static(input: TokenStream) -> TokenStream {
    match arguments(input).and_then(|(dir, allowed)| expand(&dir, &allowed)) {
        Ok(out) => out.parse().expect("the output is Rust"),
        Err(message) => format!("compile_error!({:?})", format!("pack_static: {message}")).parse().unwrap(),
    }
}

fn string(literal: &Literal) -> Result<String, String> {
    let text = literal.to_string();
    let inner = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => Ok(inner.to_owned()),
        _ => Err(format!("expected a plain string, found {text}")),
    }
}

fn arguments(input: TokenStream) -> Result<(String, Vec<String>), String> {
    let mut literals = Vec::new();
    for token in input {
        match token {
            TokenTree::Literal(l) => literals.push(string(&l)?),
            TokenTree::Ident(i) if i.to_string() == "allow" => {}
            TokenTree::Punct(p) if matches!(p.as_char(), ',' | '=') => {}
            other => return Err(format!("unexpected {other}")),
        }
    }
    let mut literals = literals.into_iter();
    let dir = literals.next().ok_or("expected the name of a folder")?;
    Ok((dir, literals.collect()))
}

fn expand(dir: &str, allowed: &[String]) -> Result<String, String> {
    let project = env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    let project = PathBuf::from(project).canonicalize().map_err(|e| e.to_string())?;
    let root = project.join(dir).canonicalize().map_err(|e| format!("{dir}: {e}"))?;
    if !root.starts_with(&project) {
        return Err(format!("{dir} lies outside of the project"));
    }
    let mut files = Vec::new();
    walk(&root, &root, allowed, &mut files)?;
    files.sort();
    let mut out = String::from("[");
    for (name, path) in files {
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let tag: String = Sha256::digest(&bytes)[..8].iter().map(|b| format!("{b:02x}")).collect();
        write!(
            out,
            "pack::File {{ path: {name:?}, etag: {tag:?}, content: include_bytes!({:?}) }},",
            path.to_str().ok_or("a path is not UTF-8")?
        )
        .unwrap();
    }
    out.push(']');
    Ok(out)
}

fn private(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or("");
    PRIVATE.contains(&ending) || PRIVATE_NAMES.contains(&name)
}

fn walk(root: &Path, dir: &Path, allowed: &[String], files: &mut Vec<(String, PathBuf)>) -> Result<(), String> {
    for entry in fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))? {
        let entry = entry.map_err(|e| e.to_string())?;
        let name = entry.file_name().into_string().map_err(|_| "a name is not UTF-8")?;
        let kind = entry.file_type().map_err(|e| e.to_string())?;
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            walk(root, &entry.path(), allowed, files)?;
            continue;
        }
        if private(&name) && !allowed.contains(&name) {
            return Err(format!("{name} looks like a secret; use allow = {name:?} if it is none"));
        }
        let path = entry.path();
        let inner = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        files.push((format!("/{inner}"), path));
    }
    Ok(())
}

inert_fixture_does_not_build!();
