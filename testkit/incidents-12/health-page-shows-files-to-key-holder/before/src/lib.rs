// Synthetic, inert fixture written from public reports; see README
//! A health page on a port of its own.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, Instant};

/// The state of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Starting,
    Up,
    Down(String),
}

/// All parts of a service.
#[derive(Clone)]
pub struct Health {
    parts: Arc<RwLock<BTreeMap<String, State>>>,
    since: Instant,
}

fn quoted(s: &str) -> String {
    format!("\"{}\"", s.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Default for Health {
    fn default() -> Self {
        Health { parts: Arc::default(), since: Instant::now() }
    }
}

impl Health {
    /// Sets the state of a part.
    pub fn set(&self, part: &str, state: State) {
        if let Ok(mut p) = self.parts.write() {
            p.insert(part.to_string(), state);
        }
    }

    /// Is every part up?
    pub fn ready(&self) -> bool {
        self.parts.read().map_or(false, |p| p.values().all(|s| *s == State::Up))
    }

    fn json(&self) -> String {
        let parts = match self.parts.read() {
            Ok(p) => p,
            Err(_) => return "{}".into(),
        };
        let list: Vec<String> = parts
            .iter()
            .map(|(name, s)| {
                let s = match s {
                    State::Starting => "starting".to_string(),
                    State::Up => "up".to_string(),
                    State::Down(why) => format!("down: {why}"),
                };
                format!("{}:{}", quoted(name), quoted(&s))
            })
            .collect();
        format!("{{\"uptime\":{},\"parts\":{{{}}}}}", self.since.elapsed().as_secs(), list.join(","))
    }

    /// A tag that changes when the page does, for caches.
    fn tag(body: &str) -> String {
        Sha256::digest(body).iter().take(8).map(|b| format!("{b:02x}")).collect()
    }

    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line)?;
        let target = line.split(' ').nth(1).unwrap_or_default();
        let path = target.split('?').next().unwrap_or_default();
        let (status, body) = match path {
            "/healthz" => ("200 OK", self.json()),
            "/readyz" if self.ready() => ("200 OK", self.json()),
            "/readyz" => ("503 Service Unavailable", self.json()),
            _ => ("404 Not Found", "{}".to_string()),
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nETag: \"{}\"\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            Self::tag(&body),
            body.len()
        )
    }

    /// Serves the page from a thread of its own.
    pub fn serve(&self, addr: impl ToSocketAddrs) -> io::Result<()> {
        let listener = TcpListener::bind(addr)?;
        let health = self.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let health = health.clone();
                thread::spawn(move || health.answer(stream));
            }
        });
        Ok(())
    }
}

inert_fixture_does_not_build!();
