// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;

/// Facts about the machine that help and tell nothing about the user.
pub fn facts() -> Vec<(&'static str, String)> {
    let mut out = vec![
        ("system", env::consts::OS.to_string()),
        ("processor", env::consts::ARCH.to_string()),
    ];
    if let Ok(text) = fs::read_to_string("/etc/os-release") {
        let name = text.lines().find_map(|l| l.strip_prefix("PRETTY_NAME="));
        if let Some(name) = name {
            out.push(("distribution", name.trim_matches('"').to_string()));
        }
    }
    for (key, name) in [("locale", "LANG"), ("terminal", "TERM")] {
        if let Ok(value) = env::var(name) {
            out.push((key, value));
        }
    }
    out
}
