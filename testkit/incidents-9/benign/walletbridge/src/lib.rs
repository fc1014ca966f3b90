// Synthetic, inert fixture written from public reports; see README
//! Wallets of the browser.

use js_sys::{Array, Object, Reflect};
use thiserror::Error;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/bridge.js")]
extern "C" {
    fn listen();
    fn names() -> Array;

    #[wasm_bindgen(catch)]
    async fn request(uuid: &str, method: &str, params: &Array) -> Result<JsValue, JsValue>;
}

/// A wallet that announced itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wallet {
    uuid: String,
    pub name: String,
    pub rdns: String,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum Error {
    #[error("the user said no")]
    Refused,
    #[error("the wallet is gone")]
    Gone,
    #[error("the wallet does not know this request")]
    Unknown,
    #[error("the wallet says {0}")]
    Code(i32),
    #[error("{0} is no address")]
    Address(String),
    #[error("an answer of another form")]
    Form,
}

impl From<JsValue> for Error {
    fn from(value: JsValue) -> Error {
        let code = Reflect::get(&value, &"code".into()).ok().and_then(|c| c.as_f64());
        match code.map(|c| c as i32) {
            Some(4001) => Error::Refused,
            Some(4200) => Error::Unknown,
            Some(4900) => Error::Gone,
            Some(code) => Error::Code(code),
            None => Error::Form,
        }
    }
}

/// Starts to collect announcements.
pub fn start() {
    listen();
}

/// The wallets so far.
pub fn wallets() -> Vec<Wallet> {
    names()
        .iter()
        .filter_map(|entry| {
            let entry = Array::from(&entry);
            Some(Wallet {
                uuid: entry.get(0).as_string()?,
                name: entry.get(1).as_string()?,
                rdns: entry.get(2).as_string()?,
            })
        })
        .collect()
}

/// Forty digits after `0x`.
pub fn is_address(text: &str) -> bool {
    text.strip_prefix("0x")
        .map_or(false, |d| d.len() == 40 && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Wallet {
    /// Asks the user for accounts.
    pub async fn accounts(&self) -> Result<Vec<String>, Error> {
        let answer = request(&self.uuid, "eth_requestAccounts", &Array::new()).await?;
        Ok(Array::from(&answer).iter().filter_map(|a| a.as_string()).collect())
    }

    /// Asks the user to sign a text.
    pub async fn sign(&self, account: &str, text: &str) -> Result<String, Error> {
        let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
        let params = Array::of2(&format!("0x{hex}").into(), &account.into());
        request(&self.uuid, "personal_sign", &params).await?.as_string().ok_or(Error::Form)
    }

    /// Asks the user to send; gives the hash.
    pub async fn transfer(&self, from: &str, to: &str, wei: u128) -> Result<String, Error> {
        for address in [from, to] {
            if !is_address(address) {
                return Err(Error::Address(address.to_string()));
            }
        }
        let tx = Object::new();
        for (key, value) in [("from", from.to_string()), ("to", to.to_string()), ("value", format!("0x{wei:x}"))] {
            Reflect::set(&tx, &key.into(), &value.into()).map_err(Error::from)?;
        }
        request(&self.uuid, "eth_sendTransaction", &Array::of1(&tx)).await?.as_string().ok_or(Error::Form)
    }
}

inert_fixture_does_not_build!();
