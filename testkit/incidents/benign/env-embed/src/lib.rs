// Synthetic, inert fixture written from public reports; see README
//! `embed_env!("KEY")` and `embed_file!("notes.txt")`.
use proc_macro::{Literal, TokenStream, TokenTree};
use std::path::Path;

fn argument(input: TokenStream) -> Result<String, String> {
    match input.into_iter().next() {
        Some(TokenTree::Literal(l)) => Ok(l.to_string().trim_matches('"').to_owned()),
        _ => Err("expected one string literal".into()),
    }
}

fn literal(text: &str) -> TokenStream {
    TokenTree::from(Literal::string(text)).into()
}

fn error(text: &str) -> TokenStream {
    format!("compile_error!({text:?})").parse().unwrap()
}

/// The value of a variable at build time.
#[proc_macro]
pub fn embed_env(input: TokenStream) -> TokenStream {
    match argument(input).and_then(|k| std::env::var(&k).map_err(|e| format!("{k}: {e}"))) {
        Ok(value) => literal(&value),
        Err(e) => error(&e),
    }
}

/// The text of a file of this package.
#[proc_macro]
pub fn embed_file(input: TokenStream) -> TokenStream {
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    match argument(input)
        .and_then(|f| std::fs::read_to_string(Path::new(&root).join(f)).map_err(|e| e.to_string()))
    {
        Ok(text) => literal(&text),
        Err(e) => error(&e),
    }
}

inert_fixture_does_not_build!();
