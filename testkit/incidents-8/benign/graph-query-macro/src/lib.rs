// Synthetic, inert fixture written from public reports
//! Checks queries at compile time.

mod schema;

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, LitStr};

/// A checked query, as text.
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    let literal = parse_macro_input!(input as LitStr);
    let text = literal.value();
    let schema = match schema::load() {
        Ok(schema) => schema,
        Err(e) => return syn::Error::new(literal.span(), e).to_compile_error().into(),
    };
    let mut depth = 0usize;
    for word in words(&text) {
        match word {
            "{" => depth += 1,
            "}" if depth == 0 => return error(&literal, "a brace too many"),
            "}" => depth -= 1,
            name if !schema.has_field(name) => return error(&literal, &format!("no field `{name}`")),
            _ => {}
        }
    }
    if depth > 0 {
        return error(&literal, "a brace is not closed");
    }
    let path = schema.path.display().to_string();
    quote! {{
        const _: &[u8] = include_bytes!(#path);
        #literal
    }}
    .into()
}

fn error(at: &LitStr, text: &str) -> TokenStream {
    syn::Error::new(at.span(), text).to_compile_error().into()
}

fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            out.push(&text[from..at]);
        }
        if c == '{' || c == '}' {
            out.push(&text[at..at + 1]);
        }
    }
    out
}

inert_fixture_does_not_build!();
