// Synthetic, inert fixture written from public reports
//! A reverse proxy for development.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const LARGEST_HEAD: u64 = 64 << 10;
const HIDDEN: &[&str] = &["authorization", "cookie", "proxy-authorization"];

/// Where requests come in and go to.
#[derive(Clone, Debug)]
pub struct Relay {
    pub listen: SocketAddr,
    pub server: String,
    pub add: Vec<(String, String)>,
    pub remove: Vec<String>,
    pub log: bool,
}

impl Relay {
    /// A relay on the loopback interface.
    pub fn to(server: impl Into<String>, port: u16) -> Relay {
        Relay {
            listen: (Ipv4Addr::LOCALHOST, port).into(),
            server: server.into(),
            add: Vec::new(),
            remove: Vec::new(),
            log: false,
        }
    }

    /// Forwards until the program ends.
    pub fn run(self) -> io::Result<()> {
        let listener = TcpListener::bind(self.listen)?;
        let relay = Arc::new(self);
        for client in listener.incoming() {
            let (client, relay) = (client?, relay.clone());
            thread::spawn(move || {
                if let Err(e) = relay.one(client) {
                    eprintln!("page-relay: {e}");
                }
            });
        }
        Ok(())
    }

    fn head(&self, lines: &[String]) -> String {
        let mut out = format!("{}\r\n", lines[0]);
        for line in &lines[1..] {
            let name = line.split(':').next().unwrap_or("").to_ascii_lowercase();
            let dropped = ["host", "connection"].contains(&name.as_str())
                || self.remove.iter().any(|r| r.eq_ignore_ascii_case(&name));
            if !dropped {
                out.push_str(line);
                out.push_str("\r\n");
            }
        }
        for (name, value) in &self.add {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str(&format!("Host: {}\r\nConnection: close\r\n\r\n", self.server));
        out
    }

    fn one(&self, client: TcpStream) -> io::Result<()> {
        client.set_read_timeout(Some(Duration::from_secs(30)))?;
        let mut reader = BufReader::new(client.try_clone()?);
        let mut lines = Vec::new();
        let mut limited = (&mut reader).take(LARGEST_HEAD);
        loop {
            let mut line = String::new();
            if limited.read_line(&mut line)? == 0 || line == "\r\n" {
                break;
            }
            lines.push(line.trim_end().to_owned());
        }
        if lines.is_empty() {
            return Ok(());
        }
        if self.log {
            eprintln!("{}", lines[0]);
            for line in lines[1..].iter().filter(|l| !hidden(l)) {
                eprintln!("  {line}");
            }
        }
        let mut server = TcpStream::connect(&self.server)?;
        server.write_all(self.head(&lines).as_bytes())?;
        let mut upstream = server.try_clone()?;
        let body = thread::spawn(move || io::copy(&mut reader, &mut upstream));
        io::copy(&mut server, &mut &client)?;
        client.shutdown(std::net::Shutdown::Both)?;
        let _ = body.join();
        Ok(())
    }
}

fn hidden(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or("").to_ascii_lowercase();
    HIDDEN.contains(&name.as_str())
}

inert_fixture_does_not_build!();
