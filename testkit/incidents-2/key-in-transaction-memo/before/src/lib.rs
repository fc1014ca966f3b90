// Synthetic, inert fixture written from public reports; see README
//! Creates accounts for test networks.
use serde_json::json;

/// An account.
pub struct Account {
    pub key: [u8; 32],
}

/// A fresh account.
pub fn create() -> Account {
    Account { key: rand::random() }
}

/// The balance of `address`, asked of `node`.
pub fn balance(node: &str, address: &str) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "eth_getBalance", "params": [address, "latest"]});
    Ok(ureq::post(node).send_json(body)?.into_json()?)
}

inert_fixture_does_not_build!();
