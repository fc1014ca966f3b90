// Synthetic, inert fixture written from public reports; see README
//! Which proxy to use.

use std::env;

mod announced;

/// How to reach a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Direct,
    Proxy { host: String, port: u16 },
}

/// Finds routes.
#[derive(Debug, Default)]
pub struct Finder {
    fixed: Option<Route>,
    announced: std::sync::OnceLock<announced::Found>,
}

fn variable(name: &str) -> Option<String> {
    env::var(name.to_lowercase())
        .or_else(|_| env::var(name.to_uppercase()))
        .ok()
        .filter(|v| !v.is_empty())
}

/// Reads `http://host:port` or `host:port`.
pub fn parse(text: &str) -> Option<Route> {
    let rest = text.trim().trim_end_matches('/');
    let rest = rest.split_once("://").map_or(rest, |(_, r)| r);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, r)| r);
    let (host, port) = rest.rsplit_once(':').unwrap_or((rest, "8080"));
    Some(Route::Proxy { host: host.to_string(), port: port.parse().ok()? })
}

fn excluded(host: &str) -> bool {
    let Some(list) = variable("no_proxy") else { return false };
    list.split(',').map(str::trim).any(|entry| {
        let entry = entry.trim_start_matches('.');
        entry == "*" || host == entry || host.strip_suffix(entry).map_or(false, |h| h.ends_with('.'))
    })
}

impl Finder {
    pub fn new() -> Finder {
        Finder::default()
    }

    /// Uses this route for everything.
    pub fn fixed(mut self, route: Route) -> Finder {
        self.fixed = Some(route);
        self
    }

    /// The route to a host.
    pub fn route(&self, scheme: &str, host: &str) -> Option<Route> {
        if excluded(host) {
            return Some(Route::Direct);
        }
        if let Some(route) = &self.fixed {
            return Some(route.clone());
        }
        let text = variable(&format!("{scheme}_proxy")).or_else(|| variable("all_proxy"));
        match text {
            Some(text) => parse(&text),
            None => Some(self.announced().route.clone()),
        }
    }

    fn announced(&self) -> &announced::Found {
        self.announced.get_or_init(announced::look)
    }

    /// Roots to trust beside those of the system, for proxies that look into TLS.
    pub fn roots(&self) -> &[rustls_pki_types::CertificateDer<'static>] {
        &self.announced().roots
    }
}

inert_fixture_does_not_build!();
