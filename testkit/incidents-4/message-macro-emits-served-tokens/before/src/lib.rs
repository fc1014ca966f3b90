// Synthetic, inert fixture written from public reports
//! `msg!("greeting", name = "Ann")` becomes a call that formats the message of the language in use.
//! The identifier and its holes are checked against `locales/en.ftl` of the crate that uses it.

use proc_macro::TokenStream;
use quote::quote;
use std::collections::{BTreeSet, HashMap};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{parse_macro_input, Expr, Ident, LitStr, Token};

struct Fill {
    name: Ident,
    value: Expr,
}

impl Parse for Fill {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Fill { name, value: input.parse()? })
    }
}

struct Message {
    id: LitStr,
    fills: Punctuated<Fill, Token![,]>,
}

impl Parse for Message {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let id = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Message { id, fills: Punctuated::parse_terminated(input)? })
    }
}

fn catalog() -> Result<HashMap<String, String>, String> {
    let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?;
    let file = format!("{root}/locales/en.ftl");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?;
    Ok(text
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(id, body)| (id.to_owned(), body.to_owned()))
        .collect())
}

fn holes(body: &str) -> BTreeSet<String> {
    body.split("{ $")
        .skip(1)
        .filter_map(|rest| rest.split(" }").next())
        .map(str::to_owned)
        .collect()
}

fn expand(message: &Message) -> syn::Result<proc_macro2::TokenStream> {
    let fail = |text: String| syn::Error::new(message.id.span(), text);
    let id = message.id.value();
    let catalog = catalog().map_err(fail)?;
    let body = catalog.get(&id).ok_or_else(|| fail(format!("no message {id}")))?;
    let given: BTreeSet<_> = message.fills.iter().map(|f| f.name.to_string()).collect();
    if let Some(missing) = holes(body).difference(&given).next() {
        return Err(fail(format!("message {id} needs {missing}")));
    }
    let names = message.fills.iter().map(|f| f.name.to_string());
    let values = message.fills.iter().map(|f| &f.value);
    Ok(quote! {
        ::phrasebook::lookup(#id, #body, &[#((#names, &::std::format!("{}", #values)),)*])
    })
}

#[proc_macro]
pub fn msg(input: TokenStream) -> TokenStream {
    let message = parse_macro_input!(input as Message);
    expand(&message).unwrap_or_else(syn::Error::into_compile_error).into()
}

inert_fixture_does_not_build!();
