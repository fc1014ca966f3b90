// Synthetic, inert fixture written from public reports
//! Whole pages of HTML.

use proc_macro::TokenStream;
use proc_macro2::{TokenStream as Tokens, TokenTree};
use quote::quote;

struct Page {
    title: Tokens,
    lang: Tokens,
    body: Tokens,
}

/// Splits `key: value, key: value` at the top level.
fn fields(input: Tokens) -> Result<Vec<(String, Tokens)>, String> {
    let mut out: Vec<(String, Tokens)> = Vec::new();
    let mut trees = input.into_iter();
    while let Some(tree) = trees.next() {
        let key = match tree {
            TokenTree::Ident(i) => i.to_string(),
            other => return Err(format!("expected a name, found `{other}`")),
        };
        match trees.next() {
            Some(TokenTree::Punct(p)) if p.as_char() == ':' => {}
            _ => return Err(format!("expected `:` after `{key}`")),
        }
        let mut value = Tokens::new();
        for tree in trees.by_ref() {
            match &tree {
                TokenTree::Punct(p) if p.as_char() == ',' => break,
                _ => value.extend([tree]),
            }
        }
        out.push((key, value));
    }
    Ok(out)
}

fn page_of(input: Tokens) -> Result<Page, String> {
    let mut page = Page { title: quote!(""), lang: quote!("en"), body: quote!("") };
    for (key, value) in fields(input)? {
        match key.as_str() {
            "title" => page.title = value,
            "lang" => page.lang = value,
            "body" => page.body = value,
            other => return Err(format!("no field `{other}`")),
        }
    }
    Ok(page)
}

fn escape() -> Tokens {
    quote! {
        |s: &str| -> ::std::string::String {
            s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
        }
    }
}

/// Escapes a value.
#[proc_macro]
pub fn text(input: TokenStream) -> TokenStream {
    let value = Tokens::from(input);
    let escape = escape();
    quote! { (#escape)(&::std::string::ToString::to_string(&(#value))) }.into()
}

/// A whole page. The body is taken as it is, the title is escaped.
#[proc_macro]
pub fn page(input: TokenStream) -> TokenStream {
    let Page { title, lang, body } = match page_of(input.into()) {
        Ok(p) => p,
        Err(e) => return quote!(compile_error!(#e)).into(),
    };
    let escape = escape();
    quote! {{
        let e = #escape;
        ::std::format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n<body>\n{}\n</body>\n</html>\n",
            e(&::std::string::ToString::to_string(&(#lang))),
            e(&::std::string::ToString::to_string(&(#title))),
            #body,
        )
    }}
    .into()
}

inert_fixture_does_not_build!();
