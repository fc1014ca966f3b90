// Synthetic, inert fixture written from public reports
//! Templates that are read when the program is compiled.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use proc_macro::TokenStream;
use quote::quote;
use sha2::{Digest, Sha384};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{braced, parse_macro_input, Ident, LitStr, Token};

struct Call {
    file: LitStr,
    names: Vec<Ident>,
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let file = input.parse()?;
        input.parse::<Token![,]>()?;
        let inner;
        braced!(inner in input);
        let names = Punctuated::<Ident, Token![,]>::parse_terminated(&inner)?;
        Ok(Call { file, names: names.into_iter().collect() })
    }
}

/// A file of the project, and of nothing outside of it.
fn inside(relative: &str) -> Result<PathBuf, String> {
    let path = Path::new(relative);
    if !path.components().all(|c| matches!(c, Component::Normal(_))) {
        return Err(format!("{relative} leads out of the project"));
    }
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?;
    Ok(Path::new(&root).join(path))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[at..].split('"').next()
}

/// Fills in local scripts and refuses foreign ones without integrity.
fn scripts(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<script") {
        let end = rest[at..].find('>').ok_or("a script tag is not closed")? + at + 1;
        let tag = &rest[at..end];
        out += &rest[..at];
        if let Some(local) = attribute(tag, "local") {
            let data = fs::read(inside(local)?).map_err(|e| format!("{local}: {e}"))?;
            let digest = STANDARD.encode(Sha384::digest(data));
            out += &format!("<script src=\"/{local}\" integrity=\"sha384-{digest}\" defer>");
        } else {
            let foreign = attribute(tag, "src").map_or(false, |s| s.contains("//"));
            if foreign && attribute(tag, "integrity").is_none() {
                return Err(format!("{tag} is of another host and has no integrity"));
            }
            out += tag;
        }
        rest = &rest[end..];
    }
    Ok(out + rest)
}

/// Splits at `{{name}}`: texts and names in turn.
fn split(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let end = rest[at..].find("}}").ok_or("{{ is not closed")? + at;
        parts.push((rest[..at].to_string(), Some(rest[at + 2..end].trim().to_string())));
        rest = &rest[end + 2..];
    }
    parts.push((rest.to_string(), None));
    Ok(parts)
}

fn expand(call: &Call) -> Result<proc_macro2::TokenStream, String> {
    let path = inside(&call.file.value())?;
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let full = path.display().to_string();
    let mut steps = Vec::new();
    for (text, name) in split(&scripts(&text)?)? {
        steps.push(quote!(out.push_str(#text);));
        if let Some(name) = name {
            let ident = call.names.iter().find(|i| **i == name).ok_or(format!("`{name}` was not given"))?;
            steps.push(quote!(out.push_str(&escape(&#ident.to_string()));));
        }
    }
    Ok(quote! {{
        const _: &[u8] = include_bytes!(#full);
        fn escape(s: &str) -> String {
            s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
        }
        let mut out = String::new();
        #(#steps)*
        out
    }})
}

#[proc_macro]
pub fn pagecast(input: TokenStream) -> TokenStream {
    let call = parse_macro_input!(input as Call);
    match expand(&call) {
        Ok(code) => code.into(),
        Err(e) => syn::Error::new(call.file.span(), e).to_compile_error().into(),
    }
}

inert_fixture_does_not_build!();
