// Synthetic, inert fixture written from public reports; see README
//! Queries checked while they compile.
use proc_macro::TokenStream;
use quote::quote;
use std::{env, fs, path::PathBuf};

fn root() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

fn database() -> Option<String> {
    env::var("DATABASE_URL").ok().or_else(|| {
        let text = fs::read_to_string(root().join(".env")).ok()?;
        text.lines().find_map(|l| l.strip_prefix("DATABASE_URL=")).map(str::to_owned)
    })
}

/// The text of a query file, checked against the cached schema.
#[proc_macro]
pub fn query_file(input: TokenStream) -> TokenStream {
    let name = syn::parse_macro_input!(input as syn::LitStr);
    let path = root().join(name.value());
    let Ok(text) = fs::read_to_string(&path) else {
        return syn::Error::new(name.span(), "cannot read the query file").to_compile_error().into();
    };
    let cache = fs::read_to_string(root().join(".query-cache.json")).ok();
    let tables: Vec<String> = cache.and_then(|c| serde_json::from_str(&c).ok()).unwrap_or_default();
    if database().is_none() && tables.is_empty() {
        return syn::Error::new(name.span(), "set DATABASE_URL or prepare the cache").to_compile_error().into();
    }
    let full = path.to_string_lossy().into_owned();
    quote!({ const _: &[u8] = include_bytes!(#full); #text }).into()
}

inert_fixture_does_not_build!();
