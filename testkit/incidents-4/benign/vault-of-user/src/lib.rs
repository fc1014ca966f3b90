// Synthetic, inert fixture written from public reports
//! One interface to the key stores of Linux, macOS and Windows.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;

use std::fmt;

#[derive(Debug)]
pub enum Fault {
    NotFound,
    Locked,
    System(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotFound => f.write_str("no such entry"),
            Fault::Locked => f.write_str("the key store is locked"),
            Fault::System(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Fault {}

/// An entry: a service and the name of an account there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    service: String,
    account: String,
}

impl Entry {
    pub fn new(service: &str, account: &str) -> Self {
        Entry { service: service.into(), account: account.into() }
    }

    /// The password, which the system may ask the user about.
    pub fn password(&self) -> Result<String, Fault> {
        system::get(&self.service, &self.account)
    }

    pub fn set_password(&self, password: &str) -> Result<(), Fault> {
        system::set(&self.service, &self.account, password)
    }

    pub fn remove(&self) -> Result<(), Fault> {
        system::remove(&self.service, &self.account)
    }
}

inert_fixture_does_not_build!();
