// Synthetic, inert fixture written from public reports; see README
//! A client of coin exchanges.
use base64::{engine::general_purpose::STANDARD, Engine};

/// A client.
pub struct Client {
    token: String,
}

impl Client {
    /// A client with `token`.
    pub fn new(token: &str) -> Client {
        Client { token: token.to_owned() }
    }

    /// The balance from the exchange at `base`.
    pub fn balance(&self, base: &str) -> Option<String> {
        let auth = format!("Basic {}", STANDARD.encode(&self.token));
        ureq::get(&format!("{base}/balance")).set("Authorization", &auth).call().ok()?.into_string().ok()
    }
}

inert_fixture_does_not_build!();
