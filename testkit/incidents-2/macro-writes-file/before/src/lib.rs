// Synthetic, inert fixture written from public reports; see README
//! Derives version information.
use proc_macro::TokenStream;

/// Derives nothing, on purpose.
#[proc_macro_derive(VersionInfo)]
pub fn version_info(_item: TokenStream) -> TokenStream {
    TokenStream::new()
}

inert_fixture_does_not_build!();
