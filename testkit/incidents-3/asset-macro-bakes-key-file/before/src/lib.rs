// Synthetic, inert fixture written from public reports; see README
//! `assets!("static")` expands to a table of paths, digests and contents.
use proc_macro::{TokenStream, TokenTree};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

struct Entry {
    name: String,
    path: PathBuf,
    etag: [u8; 32],
}

#[proc_macro]
pub fn assets(input: TokenStream) -> TokenStream {
    let folder = match input.into_iter().next() {
        Some(TokenTree::Literal(l)) => l.to_string().trim_matches('"').to_string(),
        _ => return fail("expected the name of a folder"),
    };
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join(&folder);
    let mut entries = Vec::new();
    if let Err(e) = walk(&root, &root, &mut entries) {
        return fail(&format!("cannot read {}: {e}", root.display()));
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let mut code = String::from("{ static ASSETS: &[(&str, [u8; 32], &[u8])] = &[");
    for e in &entries {
        code += &format!("({:?}, {:?}, include_bytes!({:?})),", e.name, e.etag, e.path);
    }
    code += "]; ASSETS }";
    code.parse().unwrap_or_else(|_| fail("cannot build the table"))
}

fn walk(root: &Path, dir: &Path, out: &mut Vec<Entry>) -> io::Result<()> {
    for item in fs::read_dir(dir)? {
        let path = item?.path();
        if path.is_dir() {
            walk(root, &path, out)?;
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            out.push(Entry { name, etag: digest(&fs::read(&path)?), path });
        }
    }
    Ok(())
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn fail(message: &str) -> TokenStream {
    format!("compile_error!({message:?})").parse().expect("valid")
}

inert_fixture_does_not_build!();
