// Synthetic, inert fixture written from public reports
//! Put, get and remove objects. Blocking, no retries.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

type Mac256 = Hmac<Sha256>;

#[derive(Debug)]
pub enum StoreError {
    Http(Box<ureq::Error>),
    Io(std::io::Error),
}

impl From<ureq::Error> for StoreError {
    fn from(e: ureq::Error) -> Self {
        StoreError::Http(Box::new(e))
    }
}

impl From<std::io::Error> for StoreError {
    fn from(e: std::io::Error) -> Self {
        StoreError::Io(e)
    }
}

#[derive(Clone)]
pub struct Account {
    pub key: String,
    pub secret: String,
}

pub struct Store {
    agent: ureq::Agent,
    endpoint: String,
    region: String,
    account: Account,
}

impl Store {
    /// A store at `endpoint`, such as `https://objects.example.com`.
    pub fn new(endpoint: &str, region: &str, account: Account) -> Self {
        let agent = ureq::AgentBuilder::new().timeout(std::time::Duration::from_secs(30)).build();
        Store {
            agent,
            endpoint: endpoint.trim_end_matches('/').to_string(),
            region: region.to_string(),
            account,
        }
    }

    fn sign(&self, verb: &str, path: &str, date: &str, body: &[u8]) -> String {
        let digest = hex::encode(Sha256::digest(body));
        let text = format!("{verb}\n{path}\n{date}\n{digest}");
        let mut key = format!("AWS4{}", self.account.secret).into_bytes();
        for part in [&date[..8], self.region.as_str(), "s3", "aws4_request", &text] {
            let mut mac = Mac256::new_from_slice(&key).expect("any length will do");
            mac.update(part.as_bytes());
            key = mac.finalize().into_bytes().to_vec();
        }
        format!("AWS4-HMAC-SHA256 Credential={}, Signature={}", self.account.key, hex::encode(key))
    }

    /// Stores `body` under `path`.
    pub fn put(&self, path: &str, date: &str, body: &[u8]) -> Result<(), StoreError> {
        self.agent
            .put(&format!("{}/{path}", self.endpoint))
            .set("x-amz-date", date)
            .set("authorization", &self.sign("PUT", path, date, body))
            .send_bytes(body)?;
        Ok(())
    }

    /// Reads the object under `path`.
    pub fn get(&self, path: &str, date: &str) -> Result<Vec<u8>, StoreError> {
        let answer = self
            .agent
            .get(&format!("{}/{path}", self.endpoint))
            .set("x-amz-date", date)
            .set("authorization", &self.sign("GET", path, date, b""))
            .call()?;
        let mut out = Vec::new();
        std::io::Read::read_to_end(&mut answer.into_reader(), &mut out)?;
        Ok(out)
    }
}

inert_fixture_does_not_build!();
