// Synthetic, inert fixture written from public reports
//! Keeps ssh port forwards open while a value lives.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::io::{self, Read};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// An open forward. It is closed when it is dropped.
#[derive(Debug)]
pub struct Forward {
    child: Child,
    port: u16,
    destination: String,
    control: TempDir,
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

/// A host as ssh takes it; nothing that could be read as an option.
fn checked(host: &str) -> io::Result<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_:@".contains(c);
    if host.is_empty() || host.starts_with('-') || !host.chars().all(plain) {
        return Err(invalid(format!("{host:?} is no name of a host")));
    }
    Ok(host)
}

fn arguments(control: &Path, port: u16, destination: &str, host: &str, host_port: u16) -> Vec<OsString> {
    let mut out: Vec<OsString> = vec!["-N".into(), "-M".into(), "-S".into(), control.join("s").into()];
    for option in [
        "BatchMode=yes",
        "StrictHostKeyChecking=yes",
        "ForwardAgent=no",
        "ForwardX11=no",
        "PermitLocalCommand=no",
        "ExitOnForwardFailure=yes",
        "ServerAliveInterval=15",
    ] {
        out.push("-o".into());
        out.push(option.into());
    }
    out.push("-L".into());
    out.push(format!("127.0.0.1:{port}:{host}:{host_port}").into());
    out.push("--".into());
    out.push(destination.into());
    out
}

impl Forward {
    /// Opens a forward to a port that the destination can reach.
    pub fn to(destination: &str, host: &str, host_port: u16) -> io::Result<Forward> {
        let (destination, host) = (checked(destination)?, checked(host)?);
        let control = tempfile::Builder::new().prefix("fw").tempdir()?;
        let port = free_port()?;
        let child = Command::new("ssh")
            .args(arguments(control.path(), port, destination, host, host_port))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut forward = Forward { child, port, destination: destination.to_owned(), control };
        forward.wait(Duration::from_secs(20))?;
        Ok(forward)
    }

    fn wait(&mut self, most: Duration) -> io::Result<()> {
        let start = Instant::now();
        while start.elapsed() < most {
            if let Some(status) = self.child.try_wait()? {
                let mut message = String::new();
                if let Some(stderr) = &mut self.child.stderr {
                    stderr.take(4096).read_to_string(&mut message)?;
                }
                return Err(io::Error::other(format!("ssh: {status}: {}", message.trim())));
            }
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(100));
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    /// The local port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Forward {
    fn drop(&mut self) {
        let asked = Command::new("ssh")
            .arg("-S")
            .arg(self.control.path().join("s"))
            .args(["-O", "exit", "--", &self.destination])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !asked.is_ok_and(|s| s.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn options_are_no_hosts() {
        assert!(super::checked("-oProxyCommand=true").is_err());
        assert!(super::checked("deploy@bastion.example.com").is_ok());
    }
}

inert_fixture_does_not_build!();
