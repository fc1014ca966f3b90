// Synthetic, inert fixture written from public reports; see README
use proc_macro::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{parse_macro_input, Ident, ItemFn, LitInt, LitStr, Token};

struct Args {
    threads: Option<usize>,
    name: Option<String>,
}

impl Parse for Args {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut args = Args { threads: None, name: None };
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "threads" => args.threads = Some(input.parse::<LitInt>()?.base10_parse()?),
                "name" => args.name = Some(input.parse::<LitStr>()?.value()),
                other => return Err(syn::Error::new(key.span(), format!("unknown argument `{other}`"))),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(args)
    }
}

/// Wraps an `async fn main` with a runtime that stops at SIGINT.
#[proc_macro_attribute]
pub fn service(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as Args);
    let function = parse_macro_input!(item as ItemFn);
    if function.sig.asyncness.is_none() {
        return syn::Error::new_spanned(function.sig.fn_token, "the function has to be async").to_compile_error().into();
    }
    let block = &function.block;
    let output = &function.sig.output;
    let name = args.name.unwrap_or_else(|| "service".to_string());
    let threads = match args.threads {
        Some(n) => quote!(builder.worker_threads(#n);),
        None => quote!(),
    };
    quote! {
        fn main() #output {
            let mut builder = ::tokio::runtime::Builder::new_multi_thread();
            builder.enable_all().thread_name(#name);
            #threads
            let runtime = builder.build().expect("cannot build the runtime");
            runtime.block_on(async move {
                ::tokio::select! {
                    result = async move #block => result,
                    _ = ::tokio::signal::ctrl_c() => ::std::process::exit(130),
                }
            })
        }
    }
    .into()
}

inert_fixture_does_not_build!();
