// Synthetic, inert fixture written from public reports
//! `#[derive(Knobs)]`: the fields of a struct from variables of the environment.

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Fields, LitStr};

struct Knob {
    ident: syn::Ident,
    variable: String,
    secret: bool,
}

/// Adds `from_env` and `describe`.
#[proc_macro_derive(Knobs, attributes(knobs))]
pub fn derive_knobs(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let name = &input.ident;
    let prefix = prefix(input)?;
    let knobs = knobs(input, &prefix)?;
    let idents: Vec<_> = knobs.iter().map(|knob| &knob.ident).collect();
    let variables: Vec<_> = knobs.iter().map(|knob| &knob.variable).collect();
    let shown: Vec<_> = knobs.iter().filter(|knob| !knob.secret).map(|knob| &knob.ident).collect();
    Ok(quote! {
        impl #name {
            /// Reads all fields; the error names the variable that is missing or wrong.
            pub fn from_env() -> ::std::result::Result<Self, ::std::string::String> {
                ::std::result::Result::Ok(Self {
                    #(#idents: ::std::env::var(#variables)
                        .map_err(|error| ::std::format!("{}: {error}", #variables))?
                        .parse()
                        .map_err(|_| ::std::format!("{}: not a valid value", #variables))?,)*
                })
            }

            /// The fields that are no secrets, one a line.
            pub fn describe(&self) -> ::std::string::String {
                let mut text = ::std::string::String::new();
                #(text.push_str(&::std::format!("{} = {}\n", stringify!(#shown), self.#shown));)*
                text
            }
        }
    })
}

fn prefix(input: &DeriveInput) -> syn::Result<String> {
    let mut prefix = String::new();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("knobs")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("prefix") {
                prefix = meta.value()?.parse::<LitStr>()?.value();
                Ok(())
            } else {
                Err(meta.error("expected `prefix`"))
            }
        })?;
    }
    Ok(prefix)
}

fn knobs(input: &DeriveInput, prefix: &str) -> syn::Result<Vec<Knob>> {
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(input, "Knobs is for structs"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new_spanned(input, "Knobs needs names of fields"));
    };
    let mut knobs = Vec::new();
    for field in &fields.named {
        let ident = field.ident.clone().expect("named");
        let mut secret = false;
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("knobs")) {
            attribute.parse_nested_meta(|meta| {
                secret |= meta.path.is_ident("secret");
                Ok(())
            })?;
        }
        let variable = format!("{prefix}{}", ident.to_string().to_uppercase());
        knobs.push(Knob { ident, variable, secret });
    }
    Ok(knobs)
}

inert_fixture_does_not_build!();
