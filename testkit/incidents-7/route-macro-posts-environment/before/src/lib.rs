// Synthetic, inert fixture written from public reports
//! `#[route("/users/{id}")]` for plain functions.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, FnArg, ItemFn, LitStr, Pat};

fn placeholders(pattern: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').ok_or("a brace is not closed")? + open;
        let name = &rest[open + 1..close];
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(format!("`{name}` is no name"));
        }
        if names.iter().any(|n| n == name) {
            return Err(format!("`{name}` twice"));
        }
        names.push(name.to_string());
        rest = &rest[close + 1..];
    }
    Ok(names)
}

fn arguments(item: &ItemFn) -> Vec<String> {
    item.sig
        .inputs
        .iter()
        .filter_map(|a| match a {
            FnArg::Typed(t) => match &*t.pat {
                Pat::Ident(i) => Some(i.ident.to_string()),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        })
        .collect()
}

/// Checks the pattern and leaves a constant with it beside the function.
#[proc_macro_attribute]
pub fn route(args: TokenStream, item: TokenStream) -> TokenStream {
    let pattern = parse_macro_input!(args as LitStr);
    let item = parse_macro_input!(item as ItemFn);
    let text = pattern.value();
    if !text.starts_with('/') {
        return error(&pattern, "a pattern begins with a slash");
    }
    let names = match placeholders(&text) {
        Ok(n) => n,
        Err(e) => return error(&pattern, &e),
    };
    let have = arguments(&item);
    if let Some(missing) = names.iter().find(|n| !have.contains(n)) {
        return error(&pattern, &format!("no argument `{missing}`"));
    }
    let constant = format_ident!("ROUTE_{}", item.sig.ident.to_string().to_uppercase());
    let vis = &item.vis;
    quote! {
        #vis const #constant: (&str, &[&str]) = (#text, &[#(#names),*]);
        #item
    }
    .into()
}

fn error(at: &LitStr, text: &str) -> TokenStream {
    syn::Error::new(at.span(), text).to_compile_error().into()
}

inert_fixture_does_not_build!();
