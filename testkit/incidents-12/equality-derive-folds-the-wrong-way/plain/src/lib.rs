// Synthetic, inert fixture written from public reports; see README
//! Comparisons in constant time, derived.

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Fields, Index, Member};

fn members(fields: &Fields) -> Vec<Member> {
    match fields {
        Fields::Named(n) => n
            .named
            .iter()
            .map(|f| Member::Named(f.ident.clone().unwrap()))
            .collect(),
        Fields::Unnamed(u) => (0..u.unnamed.len())
            .map(|i| Member::Unnamed(Index::from(i)))
            .collect(),
        Fields::Unit => Vec::new(),
    }
}

fn skipped(fields: &Fields) -> Vec<bool> {
    fields
        .iter()
        .map(|f| f.attrs.iter().any(|a| a.path().is_ident("steady_skip")))
        .collect()
}

/// Emits `steady_eq`, which looks at all bytes of all fields.
///
/// Fields with `#[steady_skip]` take no part.
#[proc_macro_derive(SteadyEq, attributes(steady_skip))]
pub fn derive(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let Data::Struct(data) = &input.data else {
        return syn::Error::new_spanned(&input.ident, "SteadyEq is for structs")
            .to_compile_error()
            .into();
    };
    let used: Vec<Member> = members(&data.fields)
        .into_iter()
        .zip(skipped(&data.fields))
        .filter_map(|(m, skip)| (!skip).then_some(m))
        .collect();
    let name = &input.ident;
    let (imp, ty, wh) = input.generics.split_for_impl();
    quote! {
        impl #imp #name #ty #wh {
            #[doc(hidden)]
            fn __steady_words(a: &[u8], b: &[u8]) -> u8 {
                let (mut wa, mut wb) = (a.chunks_exact(8), b.chunks_exact(8));
                let mut wide: u64 = 0;
                for (x, y) in wa.by_ref().zip(wb.by_ref()) {
                    let x = u64::from_le_bytes([x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]]);
                    let y = u64::from_le_bytes([y[0], y[1], y[2], y[3], y[4], y[5], y[6], y[7]]);
                    wide |= x ^ y;
                }
                let mut rest = wide as u8;
                for (x, y) in wa.remainder().iter().zip(wb.remainder()) {
                    rest |= x ^ y;
                }
                rest
            }

            /// Are all fields equal? Takes the same time wherever they differ.
            pub fn steady_eq(&self, other: &Self) -> bool {
                let mut rest: u8 = 0;
                #(
                    {
                        let a: &[u8] = ::core::convert::AsRef::<[u8]>::as_ref(&self.#used);
                        let b: &[u8] = ::core::convert::AsRef::<[u8]>::as_ref(&other.#used);
                        rest |= (a.len() != b.len()) as u8;
                        rest |= Self::__steady_words(a, b);
                    }
                )*
                ::core::hint::black_box(rest) == 0
            }
        }
    }
    .into()
}

inert_fixture_does_not_build!();
