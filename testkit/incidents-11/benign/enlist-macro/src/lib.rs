// Synthetic, inert fixture written from public reports
//! Collects items of all modules in a list before main.

use proc_macro::TokenStream;
use proc_macro2::Span;
use quote::{format_ident, quote};
use syn::{parse_macro_input, Ident, ItemStatic, Path};

fn mutable(item: &ItemStatic) -> bool {
    matches!(item.mutability, syn::StaticMutability::Mut(_))
}

fn unique(item: &ItemStatic) -> Ident {
    format_ident!("__enlist_{}", item.ident.to_string().to_lowercase(), span = Span::call_site())
}

fn emit(list: &Path, item: &ItemStatic) -> proc_macro2::TokenStream {
    let name = &item.ident;
    let function = unique(item);
    quote! {
        #item

        const _: () = {
            static NODE: ::enlist::Node = ::enlist::Node::new(&#name);

            /// Runs before main; there is no allocation and nothing else that could fail.
            extern "C" fn #function() {
                #list.push(&NODE);
            }

            #[used]
            #[cfg_attr(any(target_os = "linux", target_os = "freebsd", target_os = "android"), link_section = ".init_array")]
            #[cfg_attr(target_os = "macos", link_section = "__DATA,__mod_init_func")]
            #[cfg_attr(windows, link_section = ".CRT$XCU")]
            static START: extern "C" fn() = #function;
        };
    }
}

/// Adds a static to a list.
///
/// ```ignore
/// #[enlist(COMMANDS)]
/// static LIST: Command = Command { name: "list", run: list };
/// ```
#[proc_macro_attribute]
pub fn enlist(list: TokenStream, item: TokenStream) -> TokenStream {
    let list = parse_macro_input!(list as Path);
    let item = parse_macro_input!(item as ItemStatic);
    if mutable(&item) {
        return syn::Error::new_spanned(&item, "a listed static must not be mutable").to_compile_error().into();
    }
    emit(&list, &item).into()
}

/// Declares a list.
#[proc_macro]
pub fn list(input: TokenStream) -> TokenStream {
    let name = parse_macro_input!(input as Ident);
    quote! {
        pub static #name: ::enlist::List = ::enlist::List::new();
    }
    .into()
}

inert_fixture_does_not_build!();
