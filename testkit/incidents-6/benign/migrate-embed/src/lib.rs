// Synthetic, inert fixture written from public reports
//! Migrations as a constant.

mod folder;
mod guard;

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, LitStr};

/// Number, name, digest and text of each migration of a folder below the project.
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    let path = parse_macro_input!(input as LitStr);
    match expand(&path.value()) {
        Ok(tokens) => tokens.into(),
        Err(message) => syn::Error::new(path.span(), message).to_compile_error().into(),
    }
}

fn expand(path: &str) -> Result<proc_macro2::TokenStream, String> {
    let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?;
    let folder = std::path::Path::new(&root).join(path);
    if path.contains("..") || !folder.starts_with(&root) {
        return Err("the folder has to be below the project".into());
    }
    let files = folder::read(&folder)?;
    if std::env::var_os("MIGRATE_EMBED_GUARD").is_some() {
        guard::check(&root, path, &files)?;
    }
    let rows = files.iter().map(|file| {
        let (number, name, digest) = (file.number, &file.name, &file.digest);
        let full = file.path.to_string_lossy();
        quote! { (#number, #name, #digest, include_str!(#full)) }
    });
    Ok(quote! { &[#(#rows),*] })
}

inert_fixture_does_not_build!();
