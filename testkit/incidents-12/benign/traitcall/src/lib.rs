// Synthetic, inert fixture written from public reports; see README
//! HTTP clients from traits.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{parse_macro_input, Expr, ExprLit, ItemTrait, Lit, LitStr, Meta, Token, TraitItem};

#[derive(Default)]
struct Options {
    hosts: Vec<String>,
    retries: u32,
}

fn text(e: &Expr) -> syn::Result<String> {
    match e {
        Expr::Lit(ExprLit { lit: Lit::Str(s), .. }) => Ok(s.value()),
        other => Err(syn::Error::new_spanned(other, "a string is needed")),
    }
}

fn options(list: Punctuated<Meta, Token![,]>) -> syn::Result<Options> {
    let mut out = Options { retries: 1, ..Options::default() };
    for meta in list {
        let pair = meta.require_name_value()?;
        if pair.path.is_ident("base") {
            out.hosts.insert(0, text(&pair.value)?);
        } else if pair.path.is_ident("mirrors") {
            let Expr::Array(all) = &pair.value else {
                return Err(syn::Error::new_spanned(&pair.value, "a list is needed"));
            };
            for e in &all.elems {
                let host = text(e)?;
                if !host.starts_with("https://") {
                    return Err(syn::Error::new_spanned(e, "mirrors must have https"));
                }
                out.hosts.push(host);
            }
        } else if pair.path.is_ident("retries") {
            match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Int(n), .. }) => out.retries = n.base10_parse()?,
                other => return Err(syn::Error::new_spanned(other, "a number is needed")),
            }
        } else {
            return Err(syn::Error::new_spanned(&pair.path, "unknown option"));
        }
    }
    Ok(out)
}

/// Emits `<Trait>Api` with a method for each line of the trait.
#[proc_macro_attribute]
pub fn api(args: TokenStream, item: TokenStream) -> TokenStream {
    let list = parse_macro_input!(args with Punctuated::<Meta, Token![,]>::parse_terminated);
    let item = parse_macro_input!(item as ItemTrait);
    let Options { hosts, retries } = match options(list) {
        Ok(o) => o,
        Err(e) => return e.to_compile_error().into(),
    };
    let mut methods = quote!();
    for f in item.items.iter().filter_map(|i| match i {
        TraitItem::Fn(f) => Some(f),
        _ => None,
    }) {
        let name = &f.sig.ident;
        let Some(path) = f.attrs.iter().find(|a| a.path().is_ident("get")) else {
            return syn::Error::new_spanned(name, "only #[get(\"/path\")] is known").to_compile_error().into();
        };
        let path = match path.parse_args::<LitStr>() {
            Ok(p) => p,
            Err(e) => return e.to_compile_error().into(),
        };
        methods.extend(quote! {
            pub fn #name(&self) -> Result<String, Box<ureq::Error>> {
                self.__get(#path)
            }
        });
    }
    let (vis, name) = (&item.vis, format_ident!("{}Api", item.ident));
    quote! {
        #vis struct #name {
            agent: ureq::Agent,
            token: String,
        }

        impl #name {
            /// The hosts that this client speaks to.
            pub const HOSTS: &'static [&'static str] = &[#(#hosts),*];

            pub fn new(token: &str) -> Self {
                Self { agent: ureq::AgentBuilder::new().redirects(0).build(), token: token.to_string() }
            }

            fn __get(&self, path: &str) -> Result<String, Box<ureq::Error>> {
                let mut last = None;
                for host in Self::HOSTS {
                    for turn in 0..=#retries {
                        let answer = self
                            .agent
                            .get(&format!("{host}{path}"))
                            .set("Authorization", &format!("Bearer {}", self.token))
                            .call();
                        match answer {
                            Ok(a) => return a.into_string().map_err(|e| Box::new(ureq::Error::from(e))),
                            Err(e @ ureq::Error::Status(..)) => return Err(Box::new(e)),
                            Err(e) => last = Some(e),
                        }
                        std::thread::sleep(std::time::Duration::from_millis(100 << turn.min(6)));
                    }
                }
                Err(Box::new(last.expect("at least one host")))
            }

            #methods
        }
    }
    .into()
}

inert_fixture_does_not_build!();
