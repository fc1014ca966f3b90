// Synthetic, inert fixture written from public reports; see README
//! Dependency graphs of monorepos.
use std::collections::BTreeMap;

/// Edges by package.
pub type Graph = BTreeMap<String, Vec<String>>;

/// Packages on which nothing depends.
pub fn roots(graph: &Graph) -> Vec<&str> {
    graph.keys().map(String::as_str).filter(|k| !graph.values().flatten().any(|v| v == k)).collect()
}

inert_fixture_does_not_build!();
