// Synthetic, inert fixture written from public reports; see README
//! Serve canned answers on a loopback port while a test runs.
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

#[derive(Default)]
pub struct Server {
    routes: HashMap<String, String>,
}

impl Server {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn route(mut self, path: &str, body: &str) -> Self {
        self.routes.insert(path.to_owned(), body.to_owned());
        self
    }

    /// Answers exactly one request, then returns.
    pub fn serve_once(&self) -> std::io::Result<u16> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (mut peer, _) = listener.accept()?;
        let mut first = String::new();
        BufReader::new(&peer).read_line(&mut first)?;
        let path = first.split_whitespace().nth(1).unwrap_or("/");
        match self.routes.get(path) {
            Some(body) => write!(
                peer,
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )?,
            None => write!(peer, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")?,
        }
        Ok(port)
    }
}

inert_fixture_does_not_build!();
