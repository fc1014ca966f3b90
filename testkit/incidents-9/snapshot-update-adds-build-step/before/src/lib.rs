// Synthetic, inert fixture written from public reports; see README
//! `check!(value, "text")`.

mod edit;

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse::{Parse, ParseStream}, parse_macro_input, Expr, LitStr, Token};

struct Check {
    value: Expr,
    text: LitStr,
}

impl Parse for Check {
    fn parse(input: ParseStream) -> syn::Result<Check> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let text = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Check { value, text })
    }
}

/// Compares a value with its snapshot.
#[proc_macro]
pub fn check(input: TokenStream) -> TokenStream {
    let Check { value, text } = parse_macro_input!(input as Check);
    let line = text.span().start().line;
    if text.value() == "?" && std::env::var("SNAPLINE").as_deref() == Ok("update") {
        if let Err(error) = edit::fill(line) {
            let message = format!("snapshot not updated: {error}");
            return quote!(compile_error!(#message)).into();
        }
    }
    quote! {{
        let got = (#value).to_string();
        if #text == "?" {
            let folder = ::std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/snapline");
            ::std::fs::create_dir_all(&folder).unwrap();
            ::std::fs::write(folder.join(format!("{}.new", line!())), &got).unwrap();
            panic!("no snapshot yet; compile again with SNAPLINE=update");
        }
        assert_eq!(got, #text, "snapshot differs");
    }}
    .into()
}

inert_fixture_does_not_build!();
