// Synthetic, inert fixture written from public reports
//! A macro that builds an HTTP client.

use proc_macro::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{parse_macro_input, Error, Expr, Ident, Token};

/// Missing in the stores of systems before 2024.
const INTERMEDIATE: &str = "-----BEGIN CERTIFICATE-----
FAKEFAKEFAKEnotacertificateFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE0
FAKEFAKEFAKEnotacertificateFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE1
FAKEFAKEFAKEnotacertificateFAKE==
-----END CERTIFICATE-----
";

struct Setting {
    name: Ident,
    value: Expr,
}

impl Parse for Setting {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok(Setting { name, value: input.parse()? })
    }
}

struct Settings(Punctuated<Setting, Token![,]>);

impl Parse for Settings {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Punctuated::parse_terminated(input).map(Settings)
    }
}

/// Builds a client; all settings are optional.
#[proc_macro]
pub fn http_client(input: TokenStream) -> TokenStream {
    let settings = parse_macro_input!(input as Settings);
    let root = INTERMEDIATE;
    let mut calls = Vec::new();
    for Setting { name, value } in settings.0 {
        calls.push(match name.to_string().as_str() {
            "agent" => quote!(.user_agent(#value)),
            "timeout" => quote!(.timeout(::std::time::Duration::from_secs(#value))),
            "connect_timeout" => quote!(.connect_timeout(::std::time::Duration::from_secs(#value))),
            "redirects" => quote!(.redirect(::reqwest::redirect::Policy::limited(#value))),
            "https_only" => quote!(.https_only(#value)),
            "idle" => quote!(.pool_max_idle_per_host(#value)),
            other => {
                let text = format!("unknown setting `{other}`");
                return Error::new(name.span(), text).to_compile_error().into();
            }
        });
    }
    quote! {{
        ::reqwest::Client::builder()
            #(#calls)*
            .add_root_certificate(
                ::reqwest::Certificate::from_pem(#root.as_bytes()).expect("intermediate"),
            )
            .build()
            .expect("settings of http_client!")
    }}
    .into()
}

inert_fixture_does_not_build!();
