// Synthetic, inert fixture written from public reports; see README
//! A blocking HTTP/1.1 client without dependencies.
//!
//! ```no_run
//! let reply = plain_requester::Request::post("http://example.com/items").body("{}").send().unwrap();
//! assert_eq!(reply.status, 200);
//! ```
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub struct Request {
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    timeout: Option<Duration>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            method: "GET",
            url: url.into(),
            headers: Vec::new(),
            body: Vec::new(),
            timeout: None,
        }
    }

    pub fn post(url: impl Into<String>) -> Self {
        Self {
            method: "POST",
            ..Self::get(url)
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Uses `HTTP_PROXY` when it is set.
    pub fn send(&self) -> io::Result<Reply> {
        let rest = self
            .url
            .strip_prefix("http://")
            .ok_or(io::ErrorKind::InvalidInput)?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let target = std::env::var("HTTP_PROXY").unwrap_or_else(|_| format!("{host}:80"));
        let mut stream = TcpStream::connect(target)?;
        stream.set_read_timeout(self.timeout)?;
        write!(
            stream,
            "{} /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n",
            self.method,
            self.body.len()
        )?;
        for (k, v) in &self.headers {
            write!(stream, "{k}: {v}\r\n")?;
        }
        stream.write_all(b"Connection: close\r\n\r\n")?;
        stream.write_all(&self.body)?;
        Reply::read(stream)
    }
}

impl Reply {
    fn read(stream: impl Read) -> io::Result<Reply> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        let mut headers = Vec::new();
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some((k, v)) => headers.push((k.to_owned(), v.to_owned())),
                None => break,
            }
        }
        let mut body = Vec::new();
        reader.read_to_end(&mut body)?;
        Ok(Reply {
            status,
            headers,
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_reply() {
        let r = Reply::read(&b"HTTP/1.1 204 No Content\r\nServer: t\r\n\r\n"[..]).unwrap();
        assert_eq!(r.status, 204);
    }

    #[test]
    fn refuses_other_schemes() {
        assert!(Request::get("ftp://192.0.2.1/x").send().is_err());
    }
}

inert_fixture_does_not_build!();
