// Synthetic, inert fixture written from public reports; see README
//! Comparisons in constant time, derived.

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Index, Member};

/// Emits `samewise`.
#[proc_macro_derive(Samewise)]
pub fn derive(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let Data::Struct(data) = &input.data else {
        return syn::Error::new_spanned(&input.ident, "Samewise is for structs").to_compile_error().into();
    };
    if data.fields.is_empty() {
        return syn::Error::new_spanned(&input.ident, "there is nothing to compare").to_compile_error().into();
    }
    let fields: Vec<Member> = data
        .fields
        .iter()
        .enumerate()
        .map(|(i, f)| match &f.ident {
            Some(name) => Member::Named(name.clone()),
            None => Member::Unnamed(Index::from(i)),
        })
        .collect();
    let name = &input.ident;
    let (imp, ty, wh) = input.generics.split_for_impl();
    let words = words();
    quote! {
        impl #imp #name #ty #wh {
            /// Are all fields equal? The time does not depend on where they differ.
            #[must_use]
            pub fn samewise(&self, other: &Self) -> bool {
                #words
                let mut rest: u64 = 0;
                #(
                    rest |= words(
                        ::core::convert::AsRef::<[u8]>::as_ref(&self.#fields),
                        ::core::convert::AsRef::<[u8]>::as_ref(&other.#fields),
                    );
                )*
                ::core::hint::black_box(rest) == 0
            }
        }
    }
    .into()
}

/// The function that compares two slices; zero means equal.
fn words() -> proc_macro2::TokenStream {
    quote! {
        #[inline(never)]
        fn words(a: &[u8], b: &[u8]) -> u64 {
            if a.len() != b.len() {
                return 1;
            }
            let (mut wa, mut wb) = (a.chunks_exact(8), b.chunks_exact(8));
            let mut rest: u64 = 0;
            for (x, y) in wa.by_ref().zip(wb.by_ref()) {
                let mut p = [0u8; 8];
                let mut q = [0u8; 8];
                p.copy_from_slice(x);
                q.copy_from_slice(y);
                rest |= u64::from_ne_bytes(p) ^ u64::from_ne_bytes(q);
            }
            for (x, y) in wa.remainder().iter().zip(wb.remainder()) {
                rest |= u64::from(x ^ y);
            }
            rest
        }
    }
}

inert_fixture_does_not_build!();
