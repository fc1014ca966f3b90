// Synthetic, inert fixture written from public reports
//! An order and the bytes that are signed.

use serde_json::{json, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Buy,
    Sell,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub market: String,
    pub side: Side,
    /// In cents.
    pub price: u32,
    pub size: u64,
    pub nonce: u64,
}

impl Order {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.market.as_bytes().to_vec();
        bytes.push(self.side as u8);
        bytes.extend(self.price.to_be_bytes());
        bytes.extend(self.size.to_be_bytes());
        bytes.extend(self.nonce.to_be_bytes());
        bytes
    }

    pub(crate) fn json(&self) -> Value {
        let side = if self.side == Side::Buy { "BUY" } else { "SELL" };
        json!({ "market": self.market, "side": side, "price": self.price, "size": self.size, "nonce": self.nonce })
    }
}
