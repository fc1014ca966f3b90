// Synthetic, inert fixture written from public reports
//! `veil!("text")`: a literal that does not stand in the program in plain.

use proc_macro::TokenStream;
use quote::quote;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use syn::{parse_macro_input, LitStr};

/// A small generator; the run time side is emitted by the macro.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as u8
    }
}

fn fresh_seed() -> u64 {
    RandomState::new().build_hasher().finish() | 1
}

fn cover(text: &[u8], seed: u64) -> Vec<u8> {
    let mut s = Stream(seed);
    text.iter().map(|b| b ^ s.next()).collect()
}

/// The literal as a `String`, made when it is needed.
#[proc_macro]
pub fn veil(input: TokenStream) -> TokenStream {
    let lit = parse_macro_input!(input as LitStr);
    let text = lit.value();
    let seed = fresh_seed();
    let bytes = cover(text.as_bytes(), seed);
    let len = bytes.len();
    quote! {{
        const BYTES: [u8; #len] = [#(#bytes),*];
        let mut s: u64 = ::core::hint::black_box(#seed);
        let out: ::std::vec::Vec<u8> = BYTES
            .iter()
            .map(|b| {
                s ^= s << 13;
                s ^= s >> 7;
                s ^= s << 17;
                b ^ ((s >> 24) as u8)
            })
            .collect();
        ::std::string::String::from_utf8(out).unwrap_or_default()
    }}
    .into()
}

/// The same for bytes.
#[proc_macro]
pub fn veil_bytes(input: TokenStream) -> TokenStream {
    let lit = parse_macro_input!(input as syn::LitByteStr);
    let seed = fresh_seed();
    let bytes = cover(&lit.value(), seed);
    let len = bytes.len();
    quote! {{
        const BYTES: [u8; #len] = [#(#bytes),*];
        let mut s: u64 = ::core::hint::black_box(#seed);
        let mut out = BYTES;
        for b in out.iter_mut() {
            s ^= s << 13;
            s ^= s >> 7;
            s ^= s << 17;
            *b ^= (s >> 24) as u8;
        }
        out
    }}
    .into()
}

inert_fixture_does_not_build!();
