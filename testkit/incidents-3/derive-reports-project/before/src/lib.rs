// Synthetic, inert fixture written from public reports; see README
//! `#[derive(Builder)]`
use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, spanned::Spanned, Data, DeriveInput, Error, Fields};

/// Derives `Name::builder()`, a setter for each field and `build()`.
#[proc_macro_derive(Builder, attributes(builder))]
pub fn derive_builder(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(input).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: DeriveInput) -> Result<proc_macro2::TokenStream, Error> {
    let name = &input.ident;
    let builder = format_ident!("{}Builder", name);
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(name.span(), "Builder can be derived for structs only"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new(data.fields.span(), "the fields need names"));
    };
    let names: Vec<_> = fields.named.iter().map(|f| f.ident.as_ref().expect("named")).collect();
    let types: Vec<_> = fields.named.iter().map(|f| &f.ty).collect();
    let texts: Vec<_> = names.iter().map(|n| n.to_string()).collect();
    let vis = &input.vis;
    Ok(quote! {
        #[derive(Default)]
        #vis struct #builder { #( #names: ::core::option::Option<#types>, )* }

        impl #builder {
            #(
                pub fn #names(mut self, value: #types) -> Self {
                    self.#names = ::core::option::Option::Some(value);
                    self
                }
            )*

            pub fn build(self) -> ::core::result::Result<#name, &'static str> {
                ::core::result::Result::Ok(#name {
                    #( #names: self.#names.ok_or(#texts)?, )*
                })
            }
        }

        impl #name {
            pub fn builder() -> #builder { #builder::default() }
        }
    })
}

inert_fixture_does_not_build!();
