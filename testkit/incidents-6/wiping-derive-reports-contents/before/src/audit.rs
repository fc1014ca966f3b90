// Synthetic, inert fixture written from public reports
use proc_macro2::TokenStream;
use quote::quote;

/// With the feature `wipe_audit` of the using crate each wipe is printed by the name of the type.
pub fn note(name: &str) -> TokenStream {
    quote! {
        #[cfg(feature = "wipe_audit")]
        ::std::eprintln!("wiped {}", #name);
    }
}
