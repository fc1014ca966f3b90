// Synthetic, inert fixture written from public reports
//! Derives a builder.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::{parse_macro_input, Data, DeriveInput, Field, Fields, Type};

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(p) if p.path.segments.last().is_some_and(|s| s.ident == "Option"))
}

fn slot(field: &Field) -> Tokens {
    let (name, ty) = (&field.ident, &field.ty);
    if is_option(ty) {
        quote!(#name: #ty)
    } else {
        quote!(#name: ::core::option::Option<#ty>)
    }
}

fn setter(field: &Field) -> Tokens {
    let (name, ty) = (&field.ident, &field.ty);
    let value = if is_option(ty) { quote!(value) } else { quote!(::core::option::Option::Some(value)) };
    quote! {
        pub fn #name(mut self, value: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn take(field: &Field) -> Tokens {
    let name = &field.ident;
    if is_option(&field.ty) {
        quote!(#name: self.#name)
    } else {
        let missing = format!("{} is missing", name.as_ref().unwrap());
        quote!(#name: self.#name.ok_or(#missing)?)
    }
}

/// Makes `TypeBuilder` and `Type::builder()`.
#[proc_macro_derive(Builder)]
pub fn derive_builder(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let Data::Struct(data) = &input.data else {
        return quote!(compile_error!("Builder needs a struct");).into();
    };
    let Fields::Named(fields) = &data.fields else {
        return quote!(compile_error!("Builder needs named fields");).into();
    };
    let (name, vis) = (&input.ident, &input.vis);
    let builder = format_ident!("{}Builder", name);
    let slots = fields.named.iter().map(slot);
    let setters = fields.named.iter().map(setter);
    let takes = fields.named.iter().map(take);
    quote! {
        #[derive(Default)]
        #vis struct #builder { #(#slots),* }

        impl #builder {
            #(#setters)*
            pub fn build(self) -> ::core::result::Result<#name, &'static str> {
                Ok(#name { #(#takes),* })
            }
        }

        impl #name {
            pub fn builder() -> #builder {
                #builder::default()
            }
        }
    }
    .into()
}

inert_fixture_does_not_build!();
