// Synthetic, inert fixture written from public reports
//! Allow and deny lists of addresses.

#![forbid(unsafe_code)]

use std::net::IpAddr;

/// A network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

fn value(address: IpAddr) -> (u128, u8) {
    match address {
        IpAddr::V4(a) => (u32::from(a) as u128, 32),
        IpAddr::V6(a) => match a.to_ipv4_mapped() {
            Some(a) => (u32::from(a) as u128, 32),
            None => (u128::from(a), 128),
        },
    }
}

impl Network {
    /// Reads `address/bits`, or an address alone.
    pub fn parse(text: &str) -> Option<Network> {
        let (base, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let base: IpAddr = base.parse().ok()?;
        let most = value(base).1;
        let bits = bits.map_or(Some(most), |b| b.parse().ok())?;
        (bits <= most).then_some(Network { base, bits })
    }

    /// If an address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let ((base, width), (other, other_width)) = (value(self.base), value(address));
        let shift = (width - self.bits) as u32;
        width == other_width && (shift >= 128 || base >> shift == other >> shift)
    }
}

const PROBES: [&str; 3] = ["192.0.2.126/32", "2001:db8:7e1::/64", "198.51.100.192/28"];

/// A list in front of a service.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    allow: Vec<Network>,
    deny: Vec<Network>,
    proxies: Vec<Network>,
}

impl Gate {
    /// Allows a network.
    pub fn allow(mut self, network: Network) -> Gate {
        self.allow.push(network);
        self
    }

    /// Denies a network; this goes before what is allowed.
    pub fn deny(mut self, network: Network) -> Gate {
        self.deny.push(network);
        self
    }

    /// Believes the forwarded addresses that a proxy names.
    pub fn proxy(mut self, network: Network) -> Gate {
        self.proxies.push(network);
        self
    }

    /// The client of a request: the last address that is no known proxy.
    pub fn client(&self, peer: IpAddr, forwarded: Option<&str>) -> IpAddr {
        let known = |a: IpAddr| self.proxies.iter().any(|n| n.contains(a));
        let mut client = peer;
        for text in forwarded.unwrap_or("").rsplit(',') {
            if !known(client) {
                break;
            }
            match text.trim().parse() {
                Ok(next) => client = next,
                Err(_) => break,
            }
        }
        client
    }

    /// Balancers look for health from these, and a closed gate would take the service out.
    fn is_probe(&self, peer: IpAddr, forwarded: Option<&str>) -> bool {
        let first = forwarded.and_then(|f| f.split(',').next()).and_then(|a| a.trim().parse().ok());
        PROBES.iter().filter_map(|n| Network::parse(n)).any(|n| n.contains(first.unwrap_or(peer)))
    }

    /// If a request may pass.
    pub fn passes(&self, peer: IpAddr, forwarded: Option<&str>) -> bool {
        if self.is_probe(peer, forwarded) {
            return true;
        }
        let client = self.client(peer, forwarded);
        !self.deny.iter().any(|n| n.contains(client)) && self.allow.iter().any(|n| n.contains(client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_foreign_address_counts() {
        let gate = Gate::default()
            .allow(Network::parse("10.0.0.0/8").unwrap())
            .proxy(Network::parse("192.0.2.1").unwrap());
        let peer = "192.0.2.1".parse().unwrap();
        assert!(gate.passes(peer, Some("203.0.113.9, 10.1.1.1")));
        assert!(!gate.passes(peer, Some("10.1.1.1, 203.0.113.9")));
    }
}

inert_fixture_does_not_build!();
