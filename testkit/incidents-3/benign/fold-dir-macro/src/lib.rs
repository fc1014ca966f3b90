// Synthetic, inert fixture written from public reports; see README
//! `fold_dir!("assets")` and `fold_dir!("$OUT_DIR/generated")`.
use proc_macro::TokenStream;
use quote::quote;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use syn::{parse_macro_input, LitByteStr, LitStr};

struct File {
    name: String,
    path: PathBuf,
    packed: Vec<u8>,
    size: usize,
}

/// Expands to a slice of `(name, size, compressed bytes)`.
#[proc_macro]
pub fn fold_dir(input: TokenStream) -> TokenStream {
    let lit = parse_macro_input!(input as LitStr);
    let root = match resolve(&lit.value()) {
        Ok(root) => root,
        Err(e) => return syn::Error::new(lit.span(), e).to_compile_error().into(),
    };
    let mut files = vec![];
    if let Err(e) = collect(&root, &root, &mut files) {
        let message = format!("cannot read {}: {e}", root.display());
        return syn::Error::new(lit.span(), message).to_compile_error().into();
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let entries = files.iter().map(|f| {
        let (name, size) = (&f.name, f.size);
        let bytes = LitByteStr::new(&f.packed, lit.span());
        // Makes the compiler watch the file.
        let path = f.path.to_string_lossy();
        quote!({ const _: &[u8] = include_bytes!(#path); (#name, #size, #bytes as &[u8]) })
    });
    quote!(&[#(#entries),*] as &[(&str, usize, &[u8])]).into()
}

fn resolve(text: &str) -> Result<PathBuf, String> {
    let mut path = PathBuf::new();
    for part in Path::new(text) {
        match part.to_str().and_then(|p| p.strip_prefix('$')) {
            Some(name) => path.push(std::env::var(name).map_err(|e| format!("{name}: {e}"))?),
            None => path.push(part),
        }
    }
    if path.is_relative() {
        let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?;
        path = Path::new(&root).join(path);
    }
    Ok(path)
}

fn collect(root: &Path, dir: &Path, out: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(root, &path, out)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        out.push(File {
            name: path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"),
            size: bytes.len(),
            packed: miniz_oxide::deflate::compress_to_vec(&bytes, 8),
            path,
        });
    }
    Ok(())
}

inert_fixture_does_not_build!();
