// Synthetic, inert fixture written from public reports; see README
use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Fields, Index};

pub fn derive(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let (im, ty, wh) = input.generics.split_for_impl();
    let body = match &input.data {
        Data::Struct(s) => match &s.fields {
            Fields::Named(f) => {
                let n = f.named.iter().map(|f| &f.ident);
                quote!(#( ::compact_serial::Compact::put(&self.#n, out); )*)
            }
            Fields::Unnamed(f) => {
                let n = (0..f.unnamed.len()).map(Index::from);
                quote!(#( ::compact_serial::Compact::put(&self.#n, out); )*)
            }
            Fields::Unit => quote!(),
        },
        Data::Enum(e) => {
            let arms = e.variants.iter().enumerate().map(|(i, v)| {
                let id = &v.ident;
                let tag = i as u8;
                quote!(Self::#id { .. } => out.push(#tag),)
            });
            quote!(match self { #(#arms)* })
        }
        Data::Union(u) => {
            return syn::Error::new_spanned(u.union_token, "unions have no compact form").to_compile_error().into()
        }
    };
    quote! {
        impl #im ::compact_serial::Compact for #name #ty #wh {
            fn put(&self, out: &mut ::std::vec::Vec<u8>) { #body }
        }
    }
    .into()
}
