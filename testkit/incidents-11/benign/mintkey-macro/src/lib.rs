// Synthetic, inert fixture written from public reports
//! A fresh key for each build.

use proc_macro::TokenStream;
use proc_macro2::{Literal, Span};
use quote::quote;
use sha2::{Digest, Sha256};
use syn::{parse_macro_input, LitStr};

enum Source {
    System,
    Seed(Vec<u8>),
}

/// The seed file of the builder, if one is named.
fn source() -> Result<Source, String> {
    let Some(path) = std::env::var_os("MINTKEY_SEED_FILE") else { return Ok(Source::System) };
    let seed = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.to_string_lossy()))?;
    if seed.len() < 32 {
        return Err("the seed file needs 32 random bytes at least".into());
    }
    Ok(Source::Seed(seed))
}

fn draw(label: &str) -> Result<[u8; 32], String> {
    match source()? {
        Source::System => {
            let mut key = [0u8; 32];
            getrandom::getrandom(&mut key).map_err(|e| e.to_string())?;
            Ok(key)
        }
        Source::Seed(seed) => {
            let mut hash = Sha256::new();
            hash.update(b"mintkey 1\0");
            hash.update((seed.len() as u64).to_le_bytes());
            hash.update(&seed);
            hash.update(label.as_bytes());
            Ok(hash.finalize().into())
        }
    }
}

fn fail(text: &str, span: Span) -> TokenStream {
    syn::Error::new(span, text).to_compile_error().into()
}

/// An array of 32 bytes that is another one in each build.
#[proc_macro]
pub fn mint_key(input: TokenStream) -> TokenStream {
    let label = parse_macro_input!(input as LitStr);
    match draw(&label.value()) {
        Ok(key) => {
            let bytes = key.iter().map(|b| Literal::u8_suffixed(*b));
            quote!([#(#bytes),*]).into()
        }
        Err(e) => fail(&e, label.span()),
    }
}

/// A nonce of 64 bits that is another one in each build.
#[proc_macro]
pub fn mint_nonce(input: TokenStream) -> TokenStream {
    let label = parse_macro_input!(input as LitStr);
    match draw(&format!("{}\0nonce", label.value())) {
        Ok(key) => {
            let n = key[..8].iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
            let lit = Literal::u64_suffixed(n);
            quote!(#lit).into()
        }
        Err(e) => fail(&e, label.span()),
    }
}

inert_fixture_does_not_build!();
