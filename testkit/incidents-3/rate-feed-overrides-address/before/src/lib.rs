// Synthetic, inert fixture written from public reports; see README
//! Derives deposit addresses from an account key and converts prices.
use bitcoin::bip32::{ChildNumber, Xpub};
use bitcoin::secp256k1::Secp256k1;
use bitcoin::{Address, Network, PublicKey};
use std::str::FromStr;

mod rates;

pub use rates::{Rates, RatesError};

pub struct Desk {
    account: Xpub,
    network: Network,
    next: u32,
    rates: Rates,
}

#[derive(Debug, Clone)]
pub struct Invoice {
    pub address: String,
    pub satoshi: u64,
    pub index: u32,
}

#[derive(Debug)]
pub enum DeskError {
    Key(bitcoin::bip32::Error),
    Rates(RatesError),
    Exhausted,
}

impl Desk {
    pub fn new(xpub: &str, network: Network, first: u32) -> Result<Desk, DeskError> {
        let account = Xpub::from_str(xpub).map_err(DeskError::Key)?;
        Ok(Desk { account, network, next: first, rates: Rates::default() })
    }

    fn address(&self, index: u32) -> Result<String, DeskError> {
        let secp = Secp256k1::verification_only();
        let path = [
            ChildNumber::from_normal_idx(0).map_err(DeskError::Key)?,
            ChildNumber::from_normal_idx(index).map_err(DeskError::Key)?,
        ];
        let child = self.account.derive_pub(&secp, &path).map_err(DeskError::Key)?;
        Ok(Address::p2pkh(&PublicKey::new(child.public_key), self.network).to_string())
    }

    /// A new invoice for an amount in cents of a currency.
    pub fn invoice(&mut self, cents: u64, currency: &str) -> Result<Invoice, DeskError> {
        let quote = self.rates.quote(currency).map_err(DeskError::Rates)?;
        let index = self.next;
        self.next = index.checked_add(1).ok_or(DeskError::Exhausted)?;
        let satoshi = (u128::from(cents) * 100_000_000 / u128::from(quote.cents_per_coin.max(1))) as u64;
        Ok(Invoice { address: self.address(index)?, satoshi, index })
    }
}

inert_fixture_does_not_build!();
