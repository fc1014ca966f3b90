// Synthetic, inert fixture written from public reports; see README
//! The registry of known nodes.
use reqwest::Client;
use serde_json::Value;

const REGISTRY: &str = "https://registry.perp-nodes.invalid/v1";

/// Names of nodes that serve the public interface.
pub async fn nodes(http: &Client) -> Vec<String> {
    let Ok(reply) = http.get(format!("{REGISTRY}/nodes")).send().await else {
        return vec![];
    };
    match reply.json::<Value>().await {
        Ok(Value::Array(list)) => list.iter().filter_map(|v| v.as_str().map(str::to_string)).collect(),
        _ => vec![],
    }
}
