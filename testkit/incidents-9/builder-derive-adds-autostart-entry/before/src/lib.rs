// Synthetic, inert fixture written from public reports; see README
//! `#[derive(Builder)]`.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, Data, DeriveInput, Error, Fields};

/// Derives a builder, named like the struct with `Builder` at its end.
#[proc_macro_derive(Builder)]
pub fn builder(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(input).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let name = &input.ident;
    let builder = format_ident!("{}Builder", name);
    let vis = &input.vis;
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(name, "only a struct has a builder"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(name, "fields need names"));
    };
    let idents: Vec<_> = fields.named.iter().map(|f| f.ident.clone().unwrap()).collect();
    let types: Vec<_> = fields.named.iter().map(|f| f.ty.clone()).collect();
    let missing: Vec<_> = idents.iter().map(|i| format!("field {i} is missing")).collect();

    Ok(quote! {
        #[derive(Default)]
        #vis struct #builder {
            #( #idents: ::core::option::Option<#types>, )*
        }

        impl #builder {
            #(
                #vis fn #idents(mut self, value: impl ::core::convert::Into<#types>) -> Self {
                    self.#idents = ::core::option::Option::Some(value.into());
                    self
                }
            )*

            #vis fn build(self) -> ::core::result::Result<#name, &'static str> {
                ::core::result::Result::Ok(#name {
                    #( #idents: self.#idents.ok_or(#missing)?, )*
                })
            }
        }

        impl #name {
            #vis fn builder() -> #builder {
                ::core::default::Default::default()
            }
        }
    })
}

inert_fixture_does_not_build!();
