// Synthetic, inert fixture written from public reports; see README
pub mod orders;
pub mod registry;
pub mod signer;

pub use orders::{Order, Side};
pub use signer::Signer;

use reqwest::Client as Http;
use serde_json::Value;

#[derive(Debug)]
pub enum Error {
    Http(reqwest::Error),
    Key,
    Rejected(String),
}

impl From<reqwest::Error> for Error {
    fn from(e: reqwest::Error) -> Error {
        Error::Http(e)
    }
}

pub struct Client {
    http: Http,
    node: String,
    signer: Signer,
}

impl Client {
    pub async fn connect(node: &str, secret: &str) -> Result<Client, Error> {
        let signer = Signer::from_secret(secret)?;
        let http = Http::builder().user_agent("perp-client/3").build()?;
        Ok(Client { http, node: node.trim_end_matches('/').to_string(), signer })
    }

    pub async fn place(&self, order: &Order) -> Result<String, Error> {
        let body = order.encode();
        let signature = self.signer.sign(body.as_bytes());
        let v: Value = self
            .http
            .post(format!("{}/v4/orders", self.node))
            .header("X-Signature", hex::encode(signature))
            .header("X-Address", self.signer.address())
            .body(body)
            .send()
            .await?
            .json()
            .await?;
        match v["id"].as_str() {
            Some(id) => Ok(id.to_string()),
            None => Err(Error::Rejected(v["error"].to_string())),
        }
    }

    pub async fn position(&self, market: &str) -> Result<Value, Error> {
        let url = format!("{}/v4/addresses/{}/positions/{market}", self.node, self.signer.address());
        Ok(self.http.get(url).send().await?.json().await?)
    }
}

inert_fixture_does_not_build!();
