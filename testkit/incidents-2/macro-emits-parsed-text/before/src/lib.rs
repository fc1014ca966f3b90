// Synthetic, inert fixture written from public reports; see README
//! Bit fields by attribute.
use proc_macro::TokenStream;

/// Leaves the item as it is.
#[proc_macro_attribute]
pub fn bitfield(_args: TokenStream, item: TokenStream) -> TokenStream {
    item
}

inert_fixture_does_not_build!();
