// Synthetic, inert fixture written from public reports; see README
//! Attribute macros for request handlers.
use proc_macro::TokenStream;

/// Marks a function as a handler.
#[proc_macro_attribute]
pub fn handler(_args: TokenStream, item: TokenStream) -> TokenStream {
    let mut out: TokenStream = "#[inline]".parse().unwrap();
    out.extend(item);
    out
}

inert_fixture_does_not_build!();
