// Synthetic, inert fixture written from public reports
//! Answers liveness and readiness probes.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The state that probes see.
#[derive(Clone, Default)]
pub struct State {
    ready: Arc<AtomicBool>,
    failed: Arc<AtomicBool>,
}

impl State {
    /// The service takes requests, or not any more.
    pub fn set_ready(&self, ready: bool) {
        self.ready.store(ready, Ordering::Release);
    }

    /// The service should be started again.
    pub fn set_failed(&self) {
        self.failed.store(true, Ordering::Release);
    }

    fn answer(&self, path: &str) -> (u16, &'static str) {
        match path {
            "/live" if self.failed.load(Ordering::Acquire) => (503, "failed"),
            "/live" => (200, "ok"),
            "/ready" if self.ready.load(Ordering::Acquire) => (200, "ok"),
            "/ready" => (503, "not ready"),
            _ => (404, "no such probe"),
        }
    }
}

/// Starts to answer; the thread ends with the program.
pub fn serve(address: SocketAddr, state: State) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(address)?;
    let local = listener.local_addr()?;
    thread::Builder::new().name("probes".into()).spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = handle(stream, &state);
        }
    })?;
    Ok(local)
}

fn handle(stream: TcpStream, state: &State) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or("/");
    let (code, text) = state.answer(path);
    let mut stream = reader.into_inner();
    write!(
        stream,
        "HTTP/1.1 {code} {}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        if code == 200 { "OK" } else { "Error" },
        text.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states() {
        let state = State::default();
        assert_eq!(state.answer("/ready").0, 503);
        state.set_ready(true);
        assert_eq!(state.answer("/ready").0, 200);
    }
}

inert_fixture_does_not_build!();
