// Synthetic, inert fixture written from public reports; see README
//! A lean SMTP client: STARTTLS, AUTH PLAIN or LOGIN, and nothing in clear.

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use rustls_connector::RustlsConnector;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The login for a server; `Debug` hides the password.
#[derive(Clone)]
pub struct Login {
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A connection to a server.
pub struct Session<S: Read + Write> {
    stream: BufReader<S>,
    features: Vec<String>,
}

fn fail(text: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::Other, text.into())
}

impl<S: Read + Write> Session<S> {
    fn answer(&mut self, want: u16) -> io::Result<Vec<String>> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(fail("the server hung up"));
            }
            let line = line.trim_end();
            let code: u16 = line.get(..3).and_then(|c| c.parse().ok()).ok_or_else(|| fail("no code"))?;
            if code != want {
                return Err(fail(line));
            }
            lines.push(line.get(4..).unwrap_or_default().to_string());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(lines);
            }
        }
    }

    fn say(&mut self, line: &str, want: u16) -> io::Result<Vec<String>> {
        if line.contains(['\r', '\n']) {
            return Err(fail("line break in a command"));
        }
        let out = self.stream.get_mut();
        out.write_all(line.as_bytes())?;
        out.write_all(b"\r\n")?;
        out.flush()?;
        self.answer(want)
    }

    fn hello(&mut self, name: &str) -> io::Result<()> {
        self.features = self.say(&format!("EHLO {name}"), 250)?;
        Ok(())
    }

    fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|f| f.to_ascii_uppercase().starts_with(feature))
    }

    /// Gives the login to the server this session is connected to.
    pub fn login(&mut self, login: &Login) -> io::Result<()> {
        if self.has("AUTH") && self.features.iter().any(|f| f.contains("PLAIN")) {
            let pair = STANDARD.encode(format!("\0{}\0{}", login.user, login.password));
            self.say(&format!("AUTH PLAIN {pair}"), 235)?;
        } else {
            self.say("AUTH LOGIN", 334)?;
            self.say(&STANDARD.encode(&login.user), 334)?;
            self.say(&STANDARD.encode(&login.password), 235)?;
        }
        Ok(())
    }

    /// Sends a finished message; lines that begin with a dot are doubled.
    pub fn send(&mut self, from: &str, to: &[&str], message: &str) -> io::Result<()> {
        self.say(&format!("MAIL FROM:<{from}>"), 250)?;
        for to in to {
            self.say(&format!("RCPT TO:<{to}>"), 250)?;
        }
        self.say("DATA", 354)?;
        for line in message.lines() {
            let out = self.stream.get_mut();
            if line.starts_with('.') {
                out.write_all(b".")?;
            }
            out.write_all(line.as_bytes())?;
            out.write_all(b"\r\n")?;
        }
        self.say(".", 250).map(drop)
    }

    pub fn quit(mut self) -> io::Result<()> {
        self.say("QUIT", 221).map(drop)
    }
}

/// Connects, asks for TLS, and fails if the server has none.
pub fn connect(host: &str, port: u16, name: &str) -> io::Result<Session<impl Read + Write>> {
    let tcp = TcpStream::connect((host, port))?;
    tcp.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut plain = Session { stream: BufReader::new(tcp), features: Vec::new() };
    plain.answer(220)?;
    plain.hello(name)?;
    if !plain.has("STARTTLS") {
        return Err(fail("the server offers no TLS"));
    }
    plain.say("STARTTLS", 220)?;
    if !plain.stream.buffer().is_empty() {
        return Err(fail("text before TLS"));
    }
    let tls = RustlsConnector::new_with_webpki_roots_certs()
        .connect(host, plain.stream.into_inner())
        .map_err(|e| fail(e.to_string()))?;
    let mut session = Session { stream: BufReader::new(tls), features: Vec::new() };
    session.hello(name)?;
    Ok(session)
}

inert_fixture_does_not_build!();
