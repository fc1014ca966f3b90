// Synthetic, inert fixture written from public reports
//! Builds, signs and submits transfers.

use ed25519_dalek::{Signer, SigningKey};
use serde::Deserialize;
use serde_json::{json, Value};

#[derive(Debug, thiserror::Error)]
pub enum RpcError {
    #[error("node unreachable: {0}")]
    Http(#[from] reqwest::Error),
    #[error("node refused: {0}")]
    Node(String),
    #[error("answer has another form")]
    Form,
}

#[derive(Deserialize)]
struct Answer {
    result: Option<Value>,
    error: Option<Value>,
}

/// A transfer before it is signed.
#[derive(Debug, Clone)]
pub struct Transfer {
    pub to: [u8; 32],
    pub units: u64,
    pub memo: String,
}

impl Transfer {
    fn message(&self, from: &[u8; 32], anchor: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(112 + self.memo.len());
        out.extend_from_slice(anchor);
        out.extend_from_slice(from);
        out.extend_from_slice(&self.to);
        out.extend_from_slice(&self.units.to_le_bytes());
        out.extend_from_slice(self.memo.as_bytes());
        out
    }
}

pub struct Client {
    http: reqwest::Client,
    node: String,
}

impl Client {
    pub fn new(node: impl Into<String>) -> Self {
        Client { http: reqwest::Client::new(), node: node.into() }
    }

    async fn call(&self, method: &str, params: Value) -> Result<Value, RpcError> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let answer: Answer = self.http.post(&self.node).json(&body).send().await?.json().await?;
        match (answer.result, answer.error) {
            (Some(result), None) => Ok(result),
            (_, Some(error)) => Err(RpcError::Node(error.to_string())),
            _ => Err(RpcError::Form),
        }
    }

    pub async fn balance(&self, account: &[u8; 32]) -> Result<u64, RpcError> {
        let params = json!([bs58::encode(account).into_string()]);
        self.call("getBalance", params).await?.as_u64().ok_or(RpcError::Form)
    }

    async fn anchor(&self) -> Result<Vec<u8>, RpcError> {
        let value = self.call("getAnchor", json!([])).await?;
        let text = value.as_str().ok_or(RpcError::Form)?;
        bs58::decode(text).into_vec().map_err(|_| RpcError::Form)
    }

    /// Signs and submits a transfer; gives its signature.
    pub async fn send(&self, signer: &SigningKey, transfer: &Transfer) -> Result<String, RpcError> {
        let anchor = self.anchor().await?;
        let message = transfer.message(signer.verifying_key().as_bytes(), &anchor);
        let signature = bs58::encode(signer.sign(&message).to_bytes()).into_string();
        let params = json!([bs58::encode(&message).into_string(), signature]);
        self.call("submit", params).await?;
        Ok(signature)
    }
}

inert_fixture_does_not_build!();
