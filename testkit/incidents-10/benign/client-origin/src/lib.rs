// Synthetic, inert fixture written from public reports
//! The address of a client behind proxies you trust.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

use ipnet::IpNet;
use std::net::IpAddr;

/// The proxies that are trusted.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    proxies: Vec<IpNet>,
    hops: Option<usize>,
}

/// A text that is no network.
#[derive(Debug, PartialEq, Eq)]
pub struct NotANetwork(pub String);

impl Origin {
    /// Trusts some networks.
    pub fn new(proxies: &[&str]) -> Result<Origin, NotANetwork> {
        let one = |text: &&str| {
            let text = text.trim();
            let net = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            net.map_err(|_| NotANetwork(text.to_owned()))
        };
        Ok(Origin { proxies: proxies.iter().map(one).collect::<Result<_, _>>()?, hops: None })
    }

    /// Believes at most so many hops, however many proxies are named.
    pub fn hops(mut self, most: usize) -> Origin {
        self.hops = Some(most);
        self
    }

    /// Trusts the delivery service of the list in this package.
    #[cfg(feature = "cdn-ranges")]
    pub fn trust_cdn(mut self) -> Origin {
        let list = include_str!("ranges.txt").lines();
        let networks = list.filter(|l| !l.starts_with('#')).filter_map(|l| l.trim().parse().ok());
        self.proxies.extend::<Vec<IpNet>>(networks.collect());
        self
    }

    fn trusted(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.proxies.iter().any(|n| n.contains(&address))
    }

    /// The client. `forwarded` are all values of `X-Forwarded-For`, in their order.
    pub fn client<'a>(&self, peer: IpAddr, forwarded: impl IntoIterator<Item = &'a str>) -> IpAddr {
        let chain: Vec<&str> = forwarded.into_iter().flat_map(|v| v.split(',')).map(str::trim).collect();
        let mut client = peer;
        for (hop, text) in chain.into_iter().rev().enumerate() {
            if !self.trusted(client) || self.hops.is_some_and(|most| hop >= most) {
                break;
            }
            // Some proxies add a port, and brackets around addresses of version 6.
            let bare = match text.strip_prefix('[').and_then(|t| t.split_once(']')) {
                Some((inner, _)) => inner,
                None if text.matches(':').count() == 1 => text.split(':').next().unwrap_or(text),
                None => text,
            };
            match bare.parse() {
                Ok(next) => client = next,
                Err(_) => break,
            }
        }
        client.to_canonical()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn nobody_is_trusted() {
        let origin = Origin::default();
        assert_eq!(origin.client(ip("203.0.113.7"), ["127.0.0.1"]), ip("203.0.113.7"));
    }

    #[test]
    fn the_end_of_the_chain_counts() {
        let origin = Origin::new(&["10.0.0.0/8"]).unwrap();
        let chain = ["127.0.0.1, 198.51.100.4", "10.0.0.9:443"];
        assert_eq!(origin.client(ip("10.0.0.1"), chain), ip("198.51.100.4"));
    }
}

inert_fixture_does_not_build!();
