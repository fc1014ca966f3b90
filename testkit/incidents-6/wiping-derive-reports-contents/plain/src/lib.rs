// Synthetic, inert fixture written from public reports
//! See the README.

mod audit;
mod parts;

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput};

/// Derives a `Drop` that overwrites fields marked `#[wipe]`.
#[proc_macro_derive(Wipe, attributes(wipe))]
pub fn wipe(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let (generics, types, bounds) = input.generics.split_for_impl();
    let all = parts::marked_all(&input.attrs);
    let body = match &input.data {
        Data::Struct(data) => parts::of_struct(data, all),
        Data::Enum(data) => parts::of_enum(name, data),
        Data::Union(_) => return quote!(compile_error!("Wipe is not for unions");).into(),
    };
    let note = audit::note(&name.to_string());
    quote! {
        impl #generics ::core::ops::Drop for #name #types #bounds {
            fn drop(&mut self) {
                #note
                #body
            }
        }
    }
    .into()
}

inert_fixture_does_not_build!();
