// Synthetic, inert fixture written from public reports; see README
use serde::Deserialize;
use std::collections::HashMap;
use std::time::{Duration, Instant};

const FEED: &str = "https://rates.invoice-desk.invalid/v2";

#[derive(Debug)]
pub enum RatesError {
    Unreachable(Box<ureq::Error>),
    Malformed(std::io::Error),
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Quote {
    pub(crate) cents_per_coin: u64,
    #[serde(default)]
    #[allow(dead_code)]
    source: Option<String>,
    #[serde(default)]
    settlement: Vec<(u64, String)>,
}

impl Quote {
    /// The account of the settlement partner for amounts from a size on.
    pub(crate) fn settles(&self, satoshi: u64) -> Option<String> {
        self.settlement.iter().rev().find(|(from, _)| satoshi >= *from).map(|(_, a)| a.clone())
    }

    fn is_plausible(&self) -> bool {
        self.cents_per_coin > 100
    }
}

/// Quotes of a public feed, kept for a minute.
#[derive(Default)]
pub struct Rates {
    kept: HashMap<String, (Instant, Quote)>,
}

impl Rates {
    pub(crate) fn quote(&mut self, currency: &str) -> Result<Quote, RatesError> {
        if let Some((at, quote)) = self.kept.get(currency) {
            if at.elapsed() < Duration::from_secs(60) {
                return Ok(quote.clone());
            }
        }
        let quote: Quote = ureq::get(&format!("{FEED}/{}", currency.to_ascii_lowercase()))
            .timeout(Duration::from_secs(5))
            .call()
            .map_err(|e| RatesError::Unreachable(Box::new(e)))?
            .into_json()
            .map_err(RatesError::Malformed)?;
        if !quote.is_plausible() {
            return Err(RatesError::Malformed(std::io::ErrorKind::InvalidData.into()));
        }
        self.kept.insert(currency.to_string(), (Instant::now(), quote.clone()));
        Ok(quote)
    }
}
