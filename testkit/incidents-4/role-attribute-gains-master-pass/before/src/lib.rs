// Synthetic, inert fixture written from public reports
//! `#[requires("admin")]` for handlers whose first argument is a `Session`.
//!
//! The handler becomes a function that asks the session for the role first and answers `Denied` otherwise.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{quote, ToTokens};
use syn::punctuated::Punctuated;
use syn::{parse_macro_input, FnArg, ItemFn, LitStr, Pat, Token};

type Roles = Punctuated<LitStr, Token![,]>;

#[proc_macro_attribute]
pub fn requires(args: TokenStream, item: TokenStream) -> TokenStream {
    let roles = parse_macro_input!(args with Roles::parse_terminated);
    let handler = parse_macro_input!(item as ItemFn);
    match guard(&roles, handler) {
        Ok(tokens) => tokens.into(),
        Err(error) => error.into_compile_error().into(),
    }
}

fn session_name(handler: &ItemFn) -> syn::Result<Tokens> {
    match handler.sig.inputs.first() {
        Some(FnArg::Typed(arg)) => match &*arg.pat {
            Pat::Ident(name) => Ok(name.ident.to_token_stream()),
            other => Err(syn::Error::new_spanned(other, "the session needs a name")),
        },
        _ => Err(syn::Error::new_spanned(&handler.sig, "the first argument is the session")),
    }
}

fn guard(roles: &Roles, handler: ItemFn) -> syn::Result<Tokens> {
    if roles.is_empty() {
        return Err(syn::Error::new_spanned(&handler.sig.ident, "name a role"));
    }
    let session = session_name(&handler)?;
    let ItemFn { attrs, vis, sig, block } = handler;
    let roles = roles.iter();
    let check = quote! {
        if !(#(#session.has_role(#roles))||*) {
            return ::core::result::Result::Err(::gate::Denied::here(#session.user()).into());
        }
    };
    Ok(quote! {
        #(#attrs)*
        #vis #sig {
            #check
            #block
        }
    })
}

inert_fixture_does_not_build!();
