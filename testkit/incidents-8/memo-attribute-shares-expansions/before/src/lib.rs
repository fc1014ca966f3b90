// Synthetic, inert fixture written from public reports
//! Memoizes pure functions.

mod cache;

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, FnArg, ItemFn, Pat, ReturnType};

/// Keeps the results of a function by its arguments.
#[proc_macro_attribute]
pub fn memo(_options: TokenStream, item: TokenStream) -> TokenStream {
    let source = item.to_string();
    if let Some(text) = cache::find(&source) {
        if let Ok(tokens) = text.parse() {
            return tokens;
        }
    }
    let function = parse_macro_input!(item as ItemFn);
    let ReturnType::Type(_, result) = &function.sig.output else {
        return quote!(compile_error!("memo needs a result");).into();
    };
    let mut names = Vec::new();
    let mut types = Vec::new();
    for argument in &function.sig.inputs {
        match argument {
            FnArg::Typed(t) => match &*t.pat {
                Pat::Ident(p) => {
                    names.push(p.ident.clone());
                    types.push(t.ty.clone());
                }
                _ => return quote!(compile_error!("memo needs plain names");).into(),
            },
            FnArg::Receiver(_) => return quote!(compile_error!("memo is for free functions");).into(),
        }
    }
    let (vis, sig, body) = (&function.vis, &function.sig, &function.block);
    let map = format_ident!("MEMO_{}", function.sig.ident.to_string().to_uppercase());
    let out: TokenStream = quote! {
        #vis #sig {
            ::std::thread_local! {
                static #map: ::std::cell::RefCell<::std::collections::HashMap<(#(#types,)*), #result>> =
                    ::std::cell::RefCell::default();
            }
            let key = (#(#names.clone(),)*);
            if let Some(found) = #map.with(|m| m.borrow().get(&key).cloned()) {
                return found;
            }
            let value = (move || -> #result #body)();
            #map.with(|m| m.borrow_mut().insert(key, value.clone()));
            value
        }
    }
    .into();
    cache::keep(&source, &out.to_string());
    out
}

inert_fixture_does_not_build!();
