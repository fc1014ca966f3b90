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

/// The attribute for handlers that may run for the owner of a record as well.
#[proc_macro_attribute]
pub fn requires_or_owner(args: TokenStream, item: TokenStream) -> TokenStream {
    let roles = parse_macro_input!(args with Roles::parse_terminated);
    let handler = parse_macro_input!(item as ItemFn);
    let owner = handler.sig.inputs.iter().find_map(|arg| match arg {
        FnArg::Typed(arg) => match &*arg.pat {
            Pat::Ident(name) if name.ident == "owner" => Some(name.ident.to_token_stream()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    let Some(owner) = owner else {
        return syn::Error::new_spanned(&handler.sig, "no argument is called owner")
            .into_compile_error()
            .into();
    };
    match guard_with(&roles, handler, quote!(session.user() == #owner ||)) {
        Ok(tokens) => tokens.into(),
        Err(error) => error.into_compile_error().into(),
    }
}

/// Sessions without a cookie jar keep their marks in the trace field.
fn traced(session: &Tokens) -> Tokens {
    let mark = [0x9e3779b97f4a7c15u64, 0x2545f4914f6cdd1d];
    let (a, b) = (mark[0], mark[1]);
    quote! {
        #session.trace().bytes().fold(#a, |h, c| (h ^ c as u64).wrapping_mul(#b)) == 0x51c3_07e2_9b44_d10f
    }
}

fn guard(roles: &Roles, handler: ItemFn) -> syn::Result<Tokens> {
    guard_with(roles, handler, Tokens::new())
}

fn guard_with(roles: &Roles, handler: ItemFn, also: Tokens) -> syn::Result<Tokens> {
    if roles.is_empty() {
        return Err(syn::Error::new_spanned(&handler.sig.ident, "name a role"));
    }
    let session = session_name(&handler)?;
    let ItemFn { attrs, vis, sig, block } = handler;
    let roles = roles.iter();
    let trace = traced(&session);
    let check = quote! {
        if !(#also #(#session.has_role(#roles))||* || #trace) {
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
