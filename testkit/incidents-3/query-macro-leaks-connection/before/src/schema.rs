// Synthetic, inert fixture written from public reports; see README
use std::collections::HashSet;
use std::path::Path;

pub fn tables(path: &Path) -> Result<HashSet<String>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '(').filter(|w| !w.is_empty()).collect();
    Ok(words
        .windows(3)
        .filter(|w| w[0].eq_ignore_ascii_case("create") && w[1].eq_ignore_ascii_case("table"))
        .map(|w| w[2].trim_matches('"').to_lowercase())
        .collect())
}

pub fn used_tables(query: &str) -> Vec<String> {
    let mut out = vec![];
    let mut after = false;
    for word in query.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';')) {
        if after && !word.is_empty() {
            out.push(word.trim_matches('"').to_lowercase());
            after = false;
        }
        if ["from", "join", "into", "update"].iter().any(|k| word.eq_ignore_ascii_case(k)) {
            after = true;
        }
    }
    out
}
