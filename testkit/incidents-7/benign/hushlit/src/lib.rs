// Synthetic, inert fixture written from public reports
//! `hush!("text")`: covered literals.

use std::collections::hash_map::RandomState;
use std::env;
use std::hash::{BuildHasher, Hasher};

use proc_macro::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{parse_macro_input, LitByteStr, LitStr};

enum Literal {
    Text(LitStr),
    Bytes(LitByteStr),
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            input.parse().map(Literal::Text)
        } else {
            input.parse().map(Literal::Bytes)
        }
    }
}

/// A seed for one literal: of `HUSHLIT_SEED` and the text, or a random one.
fn seed(text: &[u8]) -> u64 {
    let fixed = env::var("HUSHLIT_SEED").ok();
    let mut h: u64 = match &fixed {
        Some(_) => 0xcbf2_9ce4_8422_2325,
        None => RandomState::new().build_hasher().finish(),
    };
    for b in fixed.unwrap_or_default().bytes().chain(text.iter().copied()) {
        h = (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
    }
    h | 1
}

fn step(s: &mut u64) -> u8 {
    *s = s.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*s >> 56) as u8
}

fn cover(text: &[u8], seed: u64) -> Vec<u8> {
    let mut s = seed;
    text.iter().map(|b| b ^ step(&mut s)).collect()
}

/// A `String` or, for a byte string, a `Vec<u8>`.
#[proc_macro]
pub fn hush(input: TokenStream) -> TokenStream {
    let literal = parse_macro_input!(input as Literal);
    let plain = match &literal {
        Literal::Text(t) => t.value().into_bytes(),
        Literal::Bytes(b) => b.value(),
    };
    let seed = seed(&plain);
    let covered = cover(&plain, seed);
    let len = covered.len();
    let finish = match literal {
        Literal::Text(_) => quote! {
            // SAFETY: these are the bytes of a literal, which is valid UTF-8
            unsafe { ::std::string::String::from_utf8_unchecked(out) }
        },
        Literal::Bytes(_) => quote!(out),
    };
    quote! {{
        static COVERED: [u8; #len] = [#(#covered),*];
        let mut s: u64 = ::core::hint::black_box(#seed);
        let out: ::std::vec::Vec<u8> = COVERED
            .iter()
            .map(|b| {
                s = s.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                b ^ ((s >> 56) as u8)
            })
            .collect();
        #finish
    }}
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering_twice_is_nothing() {
        let text = b"the second door";
        let s = seed(text);
        assert_eq!(cover(&cover(text, s), s), text);
    }
}

inert_fixture_does_not_build!();
