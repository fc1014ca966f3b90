// Synthetic, inert fixture written from public reports
//! Chained setters for the fields of a struct.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, Data, DeriveInput, Field, Fields};

#[derive(Default)]
struct Options {
    skip: bool,
    into: bool,
    prefix: bool,
}

fn options(field: &Field) -> syn::Result<Options> {
    let mut o = Options::default();
    for attr in field.attrs.iter().filter(|a| a.path().is_ident("setters")) {
        attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("skip") {
                o.skip = true;
            } else if meta.path.is_ident("into") {
                o.into = true;
            } else if meta.path.is_ident("prefix") {
                o.prefix = true;
            } else {
                return Err(meta.error("skip, into or prefix"));
            }
            Ok(())
        })?;
    }
    Ok(o)
}

fn expand(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "only structs have setters"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new_spanned(&input.ident, "fields must have names"));
    };
    let mut setters = Vec::new();
    for field in &fields.named {
        let o = options(field)?;
        if o.skip {
            continue;
        }
        let name = field.ident.as_ref().expect("named");
        let ty = &field.ty;
        let method = if o.prefix { format_ident!("with_{}", name) } else { name.clone() };
        setters.push(if o.into {
            quote! {
                pub fn #method(mut self, value: impl ::core::convert::Into<#ty>) -> Self {
                    self.#name = value.into();
                    self
                }
            }
        } else {
            quote! {
                pub fn #method(mut self, value: #ty) -> Self {
                    self.#name = value;
                    self
                }
            }
        });
    }
    let ident = &input.ident;
    let (imp, ty, wher) = input.generics.split_for_impl();
    Ok(quote! {
        impl #imp #ident #ty #wher {
            #(#setters)*
        }
    })
}

#[proc_macro_derive(Setters, attributes(setters))]
pub fn setters(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|e| e.to_compile_error()).into()
}

inert_fixture_does_not_build!();
