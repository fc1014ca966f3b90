// Synthetic, inert fixture written from public reports; see README
use proc_macro::TokenStream;

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
mod from_source;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod precompiled;

#[proc_macro_derive(Compact, attributes(compact))]
pub fn compact(input: TokenStream) -> TokenStream {
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    return precompiled::derive(input);
    #[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
    from_source::derive(input)
}

inert_fixture_does_not_build!();
