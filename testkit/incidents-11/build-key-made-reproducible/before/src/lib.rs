// Synthetic, inert fixture written from public reports
//! Keys that are drawn when a program is compiled.

use proc_macro::TokenStream;
use proc_macro2::Literal;
use quote::quote;
use std::collections::HashMap;
use std::sync::Mutex;
use syn::{parse_macro_input, LitStr};

static DRAWN: Mutex<Option<HashMap<String, [u8; 32]>>> = Mutex::new(None);

/// The key of a label; the same one for each use in one compilation.
fn key(label: &str) -> Result<[u8; 32], getrandom::Error> {
    let mut drawn = DRAWN.lock().unwrap_or_else(|e| e.into_inner());
    let map = drawn.get_or_insert_with(HashMap::new);
    if let Some(key) = map.get(label) {
        return Ok(*key);
    }
    let mut key = [0u8; 32];
    getrandom::getrandom(&mut key)?;
    map.insert(label.to_string(), key);
    Ok(key)
}

fn bytes(key: &[u8]) -> TokenStream {
    let items = key.iter().map(|b| Literal::u8_suffixed(*b));
    quote!([#(#items),*]).into()
}

fn check(label: &LitStr) -> Result<(), syn::Error> {
    let text = label.value();
    if text.is_empty() || text.len() > 64 {
        return Err(syn::Error::new(label.span(), "a label has 1 to 64 bytes"));
    }
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return Err(syn::Error::new(label.span(), "letters, digits, - and _ only"));
    }
    Ok(())
}

/// An array of 32 random bytes.
#[proc_macro]
pub fn once_key(input: TokenStream) -> TokenStream {
    let label = parse_macro_input!(input as LitStr);
    if let Err(e) = check(&label) {
        return e.to_compile_error().into();
    }
    match key(&label.value()) {
        Ok(key) => bytes(&key),
        Err(e) => syn::Error::new(label.span(), format!("no random bytes: {e}")).to_compile_error().into(),
    }
}

/// A random number of 64 bits, for the seed of a hash.
#[proc_macro]
pub fn once_seed(input: TokenStream) -> TokenStream {
    let label = parse_macro_input!(input as LitStr);
    if let Err(e) = check(&label) {
        return e.to_compile_error().into();
    }
    match key(&label.value()) {
        Ok(key) => {
            let mut first = [0u8; 8];
            first.copy_from_slice(&key[..8]);
            let lit = Literal::u64_suffixed(u64::from_le_bytes(first));
            quote!(#lit).into()
        }
        Err(e) => syn::Error::new(label.span(), format!("no random bytes: {e}")).to_compile_error().into(),
    }
}

inert_fixture_does_not_build!();
