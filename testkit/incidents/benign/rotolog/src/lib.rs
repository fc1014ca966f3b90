// Synthetic, inert fixture written from public reports; see README
//! Log to rolling files and to syslog over UDP.
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::net::{ToSocketAddrs, UdpSocket};
use std::path::PathBuf;
use std::sync::Mutex;

pub struct RollingFile {
    path: PathBuf,
    limit: u64,
    keep: usize,
    file: Mutex<File>,
}

impl RollingFile {
    pub fn open(path: impl Into<PathBuf>, limit: u64, keep: usize) -> io::Result<Self> {
        let path = path.into();
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        Ok(Self {
            path,
            limit,
            keep,
            file: Mutex::new(file),
        })
    }

    fn roll(&self, file: &mut File) -> io::Result<()> {
        if file.metadata()?.len() < self.limit {
            return Ok(());
        }
        for n in (1..self.keep).rev() {
            let _ = fs::rename(
                self.path.with_extension(format!("{n}.log")),
                self.path.with_extension(format!("{}.log", n + 1)),
            );
        }
        fs::rename(&self.path, self.path.with_extension("1.log"))?;
        *file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        Ok(())
    }

    pub fn line(&self, text: &str) -> io::Result<()> {
        let mut file = self.file.lock().unwrap();
        self.roll(&mut file)?;
        writeln!(file, "{text}")
    }
}

/// RFC 5424 over UDP.
pub struct Syslog {
    socket: UdpSocket,
    host: String,
    app: String,
}

impl Syslog {
    pub fn connect(server: impl ToSocketAddrs, app: &str) -> io::Result<Self> {
        let socket = UdpSocket::bind("0.0.0.0:0")?;
        socket.connect(server)?;
        let host = std::env::var("HOSTNAME")
            .or_else(|_| fs::read_to_string("/etc/hostname").map(|h| h.trim().to_owned()))
            .unwrap_or_else(|_| "-".into());
        Ok(Self {
            socket,
            host,
            app: app.to_owned(),
        })
    }

    pub fn send(&self, severity: u8, text: &str) -> io::Result<()> {
        let line = format!(
            "<{}>1 - {} {} {} - - {text}",
            8 + severity,
            self.host,
            self.app,
            std::process::id()
        );
        self.socket.send(line.as_bytes()).map(drop)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn writes_lines() {
        let dir = std::env::temp_dir().join("rotolog-test");
        std::fs::create_dir_all(&dir).unwrap();
        let f = super::RollingFile::open(dir.join("a.log"), 10, 2).unwrap();
        f.line("password=<redacted>").unwrap();
        f.line("second").unwrap();
    }
}

inert_fixture_does_not_build!();
