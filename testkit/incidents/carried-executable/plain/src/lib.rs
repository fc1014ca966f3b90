// Synthetic, inert fixture written from public reports; see README
//! Postgres connection string helpers.
use std::collections::BTreeMap;

/// Splits `key=value` pairs of a connection string.
pub fn parse(text: &str) -> BTreeMap<String, String> {
    text.split_whitespace()
        .filter_map(|p| p.split_once('='))
        .map(|(k, v)| (k.to_owned(), v.trim_matches('\'').to_owned()))
        .collect()
}

/// Builds a connection string, in key order.
pub fn format(parts: &BTreeMap<String, String>) -> String {
    parts
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect::<Vec<_>>()
        .join(" ")
}

pub fn default_port(parts: &BTreeMap<String, String>) -> u16 {
    parts.get("port").and_then(|p| p.parse().ok()).unwrap_or(5432)
}

#[cfg(test)]
mod tests {
    #[test]
    fn round_trip() {
        let text = "host=localhost port=5433";
        assert_eq!(super::format(&super::parse(text)), text);
    }
}

inert_fixture_does_not_build!();
