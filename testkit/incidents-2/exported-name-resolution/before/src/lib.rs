// Synthetic, inert fixture written from public reports; see README
//! A cache of addresses.
use std::{collections::HashMap, net::IpAddr};

/// Addresses by name.
#[derive(Default)]
pub struct Cache(pub HashMap<String, IpAddr>);

inert_fixture_does_not_build!();
