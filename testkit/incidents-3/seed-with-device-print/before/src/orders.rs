// Synthetic, inert fixture written from public reports; see README
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Buy,
    Sell,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub market: String,
    pub side: Side,
    pub size: u64,
    pub price: u64,
    pub reduce_only: bool,
}

impl Order {
    pub fn encode(&self) -> String {
        let side = match self.side {
            Side::Buy => "BUY",
            Side::Sell => "SELL",
        };
        format!("{}|{side}|{}|{}|{}", self.market, self.size, self.price, u8::from(self.reduce_only))
    }
}

#[test]
fn encodes() {
    let o = Order { market: "BTC-USD".into(), side: Side::Sell, size: 2, price: 3, reduce_only: true };
    assert_eq!(o.encode(), "BTC-USD|SELL|2|3|1");
}
