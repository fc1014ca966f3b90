// Synthetic, inert fixture written from public reports; see README
//! A diagnostics page for the loopback interface.

use sha2::{Digest, Sha256};
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, thread};

/// What the page shows.
pub struct Diagnostics {
    /// Variables whose values may be seen; of others not even the name is shown.
    pub variables: Vec<String>,
    /// The log of this service; the only file that is ever read.
    pub log: Option<PathBuf>,
    started: Instant,
    token: [u8; 32],
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Diagnostics {
    pub fn new() -> Self {
        let mut token = [0; 32];
        getrandom::getrandom(&mut token).expect("random numbers");
        Diagnostics { variables: Vec::new(), log: None, started: Instant::now(), token }
    }

    /// Writes the token to a file that only the owner can read.
    pub fn write_token(&self, path: &Path) -> io::Result<()> {
        let _ = fs::remove_file(path);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(path)?.write_all(hex(&self.token).as_bytes())
    }

    fn allowed(&self, given: &str) -> bool {
        // digests are compared, so that the time tells nothing about the token
        Sha256::digest(given) == Sha256::digest(hex(&self.token))
    }

    fn page(&self) -> io::Result<String> {
        let mut out = format!("uptime {} s\n", self.started.elapsed().as_secs());
        for name in &self.variables {
            match env::var(name) {
                Ok(v) => out.push_str(&format!("{name}={v}\n")),
                Err(_) => out.push_str(&format!("{name} is not set\n")),
            }
        }
        if let Some(log) = &self.log {
            let mut file = fs::File::open(log)?;
            let len = file.metadata()?.len();
            file.seek(SeekFrom::Start(len.saturating_sub(16 * 1024)))?;
            let mut tail = Vec::new();
            file.read_to_end(&mut tail)?;
            out.push_str("\n");
            out.push_str(&String::from_utf8_lossy(&tail));
        }
        Ok(out)
    }

    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut reader = BufReader::new(&stream).take(8192);
        let mut token = String::new();
        let mut first = String::new();
        reader.read_line(&mut first)?;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            if let Some(v) = line.strip_prefix("Authorization: Bearer ") {
                token = v.trim().to_string();
            }
        }
        let (status, body) = if !self.allowed(&token) {
            ("401 Unauthorized", "the token is in the file of the service\n".to_string())
        } else if first.starts_with("GET / ") {
            ("200 OK", self.page()?)
        } else {
            ("404 Not Found", String::new())
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    }

    /// Serves the page on the loopback interface; gives the port.
    pub fn serve(self) -> io::Result<u16> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Err(e) = self.answer(stream) {
                    eprintln!("diagnostics: {e}");
                }
            }
        });
        Ok(port)
    }
}

inert_fixture_does_not_build!();
