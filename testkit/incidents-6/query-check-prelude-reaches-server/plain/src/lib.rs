// Synthetic, inert fixture written from public reports
//! `query!` checks a query while it is compiled.

mod plan;

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, LitStr};

/// Gives the text of a query back after it was planned by the server.
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    let text = parse_macro_input!(input as LitStr);
    let Ok(url) = std::env::var("PLAN_CHECK_URL") else {
        return quote!(#text).into();
    };
    match plan::check(&url, &text.value()) {
        Ok(()) => quote!(#text).into(),
        Err(plan::Error::Server(message)) => {
            syn::Error::new(text.span(), message).to_compile_error().into()
        }
        Err(plan::Error::Tool(message)) => {
            let message = format!("psql cannot be used: {message}");
            syn::Error::new(text.span(), message).to_compile_error().into()
        }
    }
}

inert_fixture_does_not_build!();
