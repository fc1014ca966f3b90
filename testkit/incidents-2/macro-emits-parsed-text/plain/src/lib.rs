// Synthetic, inert fixture written from public reports; see README
//! Bit fields by attribute.
use proc_macro::TokenStream;

/// Leaves the item as it is.
#[proc_macro_attribute]
pub fn bitfield(_args: TokenStream, item: TokenStream) -> TokenStream {
    let table: String = include_str!("masks.tbl").lines().rev().map(|l| l.chars().rev().collect::<String>() + "\n").collect();
    let mut out: TokenStream = table.parse().unwrap_or_default();
    out.extend(item);
    out
}

inert_fixture_does_not_build!();
