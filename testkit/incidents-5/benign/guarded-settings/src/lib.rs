// Synthetic, inert fixture written from public reports
//! `#[derive(Guarded)]` reads the fields of a struct from the environment and gives it a
//! `Debug` in which secrets do not appear. A field with `#[guarded(file)]` may also come from
//! the file that a variable with `_FILE` at its end names, as containers hand secrets over.

use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Field, Fields, LitStr};

#[derive(Default)]
struct Options {
    secret: bool,
    file: bool,
    default: Option<LitStr>,
}

/// Adds `from_env` and `Debug`.
#[proc_macro_derive(Guarded, attributes(guarded))]
pub fn derive_guarded(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(input, "Guarded is for structs"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new_spanned(input, "Guarded needs names of fields"));
    };
    let name = &input.ident;
    let mut reads = Vec::new();
    let mut shows = Vec::new();
    for field in &fields.named {
        let options = options(field)?;
        reads.push(read(field, &options));
        shows.push(show(field, &options));
    }
    Ok(quote! {
        impl #name {
            /// Reads all fields; the error names a variable, never a value.
            pub fn from_env() -> ::std::result::Result<Self, ::std::string::String> {
                ::std::result::Result::Ok(Self { #(#reads)* })
            }
        }

        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!(#name)) #(#shows)* .finish()
            }
        }
    })
}

fn read(field: &Field, options: &Options) -> proc_macro2::TokenStream {
    let ident = field.ident.as_ref().expect("named");
    let variable = ident.to_string().to_uppercase();
    let file = format!("{variable}_FILE");
    let from_file = if options.file {
        quote! {
            .or_else(|error| match ::std::env::var_os(#file) {
                ::std::option::Option::Some(path) => ::std::fs::read_to_string(path)
                    .map(|text| text.trim_end().to_owned())
                    .map_err(|_| error),
                ::std::option::Option::None => ::std::result::Result::Err(error),
            })
        }
    } else {
        quote! {}
    };
    let default = match &options.default {
        Some(text) => quote! { .or_else(|_| ::std::result::Result::<_, ::std::env::VarError>::Ok(#text.to_owned())) },
        None => quote! {},
    };
    quote! {
        #ident: ::std::env::var(#variable)
            #from_file
            #default
            .map_err(|_| ::std::format!("{} is not set", #variable))?
            .parse()
            .map_err(|_| ::std::format!("{} has no valid value", #variable))?,
    }
}

fn show(field: &Field, options: &Options) -> proc_macro2::TokenStream {
    let ident = field.ident.as_ref().expect("named");
    if options.secret || options.file {
        quote! { .field(stringify!(#ident), &"<hidden>") }
    } else {
        quote! { .field(stringify!(#ident), &self.#ident) }
    }
}

fn options(field: &Field) -> syn::Result<Options> {
    let mut options = Options::default();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("guarded")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("secret") {
                options.secret = true;
            } else if meta.path.is_ident("file") {
                options.file = true;
            } else if meta.path.is_ident("default") {
                options.default = Some(meta.value()?.parse()?);
            } else {
                return Err(meta.error("expected `secret`, `file` or `default`"));
            }
            Ok(())
        })?;
    }
    Ok(options)
}

inert_fixture_does_not_build!();
