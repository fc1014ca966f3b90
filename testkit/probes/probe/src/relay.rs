//! Speaks to the relay by which cargo reaches the gate, as a hostile build script would.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

/// The socket that cargo was told to use, found where cargo's processes and configuration name it.
pub fn socket() -> Option<String> {
    let mut places: Vec<String> = std::fs::read_dir("/proc")
        .ok()?
        .flatten()
        .map(|entry| format!("/proc/{}/cmdline", entry.file_name().to_string_lossy()))
        .collect();
    places.push(format!("{}/config.toml", std::env::var("CARGO_HOME").unwrap_or_default()));
    places.into_iter().filter_map(|place| std::fs::read(place).ok()).find_map(|text| {
        let text = String::from_utf8_lossy(&text).into_owned();
        let at = text.find("socks5h://localhost/")?;
        let path = text[at + "socks5h://localhost".len()..].split(['"', '\'', '\0', '\n', ' ']).next()?;
        Some(path.to_string())
    })
}

/// Asks for a connection to `host` (raw bytes) and `port` with a command of SOCKS 5; the error tells the refusal.
pub fn open(socket: &str, command: u8, kind: u8, host: &[u8], port: u16) -> Result<UnixStream, String> {
    let mut stream = UnixStream::connect(socket).map_err(|e| e.to_string())?;
    stream.set_read_timeout(Some(crate::PATIENCE * 4)).map_err(|e| e.to_string())?;
    let text = |e: std::io::Error| e.to_string();
    stream.write_all(&[5, 1, 0]).map_err(text)?;
    let mut greeting = [0u8; 2];
    stream.read_exact(&mut greeting).map_err(text)?;
    if greeting != [5, 0] {
        return Err(format!("greeted with {greeting:?}"));
    }
    let mut question = vec![5, command, 0, kind];
    if kind == 3 {
        question.push(host.len() as u8);
    }
    question.extend(host);
    question.extend(port.to_be_bytes());
    stream.write_all(&question).map_err(text)?;
    let mut answer = [0u8; 10];
    stream.read_exact(&mut answer).map_err(text)?;
    if answer[1] != 0 {
        return Err(format!("refused with {}", answer[1]));
    }
    Ok(stream)
}

/// Sends a request and tells the status line, or how the connection ended.
pub fn ask(mut stream: UnixStream, request: &[u8]) -> Result<String, String> {
    stream.write_all(request).map_err(|e| e.to_string())?;
    let mut answer = vec![0u8; 512];
    let length = stream.read(&mut answer).map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&answer[..length]).into_owned();
    let status = text.lines().next().unwrap_or("").to_string();
    if status.split(' ').nth(1).is_some_and(|code| code.starts_with('2')) {
        Ok(status)
    } else {
        Err(format!("answered {status:?}"))
    }
}
