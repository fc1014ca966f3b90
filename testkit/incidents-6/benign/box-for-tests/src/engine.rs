// Synthetic, inert fixture written from public reports
use std::env;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

use serde_json::Value;

/// Path of the socket: `DOCKER_HOST` if it is one, the socket of the user, that of the system.
fn socket() -> String {
    if let Ok(host) = env::var("DOCKER_HOST") {
        if let Some(path) = host.strip_prefix("unix://") {
            return path.to_string();
        }
    }
    if let Ok(folder) = env::var("XDG_RUNTIME_DIR") {
        let path = format!("{folder}/docker.sock");
        if std::path::Path::new(&path).exists() {
            return path;
        }
    }
    "/var/run/docker.sock".to_string()
}

/// One request; status and body of the answer.
pub fn call(method: &str, path: &str, body: Option<&Value>) -> io::Result<(u16, Value)> {
    let mut stream = UnixStream::connect(socket())?;
    let body = body.map(|b| b.to_string()).unwrap_or_default();
    write!(
        stream,
        "{method} /v1.43{path} HTTP/1.0\r\nHost: engine\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Ok((status, serde_json::from_str(body).unwrap_or(Value::Null)))
}

/// One request that has to succeed.
pub fn expect(method: &str, path: &str, body: Option<&Value>) -> io::Result<Value> {
    match call(method, path, body)? {
        (200..=299, value) => Ok(value),
        (status, value) => {
            let message = value["message"].as_str().unwrap_or("no message");
            Err(io::Error::new(io::ErrorKind::Other, format!("{status}: {message}")))
        }
    }
}
