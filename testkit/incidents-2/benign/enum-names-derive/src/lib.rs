// Synthetic, inert fixture written from public reports; see README
//! Derives the names of variants.
use proc_macro::{TokenStream, TokenTree};

/// Derives `NAMES`.
#[proc_macro_derive(Names)]
pub fn names(item: TokenStream) -> TokenStream {
    let mut tokens = item.into_iter().skip_while(|t| t.to_string() != "enum").skip(1);
    let name = tokens.next().map(|t| t.to_string()).unwrap_or_default();
    let mut variants = Vec::new();
    if let Some(TokenTree::Group(body)) = tokens.find(|t| matches!(t, TokenTree::Group(_))) {
        variants.extend(body.stream().into_iter().filter_map(|t| match t {
            TokenTree::Ident(i) => Some(format!("\"{i}\"")),
            _ => None,
        }));
    }
    format!("impl {name} {{ pub const NAMES: &'static [&'static str] = &[{}]; }}", variants.join(", ")).parse().unwrap()
}

inert_fixture_does_not_build!();
