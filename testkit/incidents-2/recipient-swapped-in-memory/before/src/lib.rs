// Synthetic, inert fixture written from public reports; see README
//! Transfer requests.

/// A transfer of `amount` units to `to`.
pub struct Transfer {
    pub to: String,
    pub amount: u128,
}

impl Transfer {
    /// The call data of this transfer.
    pub fn encode(&self) -> String {
        let to = self.to.trim_start_matches("0x").to_lowercase();
        format!("0xa9059cbb{to:0>64}{:064x}", self.amount)
    }
}

inert_fixture_does_not_build!();
