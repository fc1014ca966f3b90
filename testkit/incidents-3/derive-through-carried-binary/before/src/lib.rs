// Synthetic, inert fixture written from public reports; see README
use proc_macro::TokenStream;

mod from_source;

#[proc_macro_derive(Compact, attributes(compact))]
pub fn compact(input: TokenStream) -> TokenStream {
    from_source::derive(input)
}

inert_fixture_does_not_build!();
