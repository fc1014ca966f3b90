// Synthetic, inert fixture written from public reports
//! SSH forwards.

use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A set of forwards over one connection.
#[derive(Debug, Clone)]
pub struct Plan {
    host: String,
    port: Option<u16>,
    identity: Option<String>,
    forwards: Vec<Forward>,
}

#[derive(Debug, Clone, PartialEq)]
enum Forward {
    Local { port: u16, to: String },
    Remote { listen: String, to: String },
}

/// Begins a plan.
pub struct Tunnel {
    child: Child,
    local: Vec<u16>,
}

impl Tunnel {
    pub fn to(host: impl Into<String>) -> Plan {
        Plan { host: host.into(), port: None, identity: None, forwards: Vec::new() }
    }

    /// Whether the connection is still there.
    pub fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    fn wait_until_open(&mut self, time: Duration) -> io::Result<()> {
        let begin = Instant::now();
        for port in self.local.clone() {
            loop {
                if !self.alive() {
                    return Err(io::Error::new(io::ErrorKind::ConnectionRefused, "ssh has ended"));
                }
                let address = ("127.0.0.1", port).to_socket_addrs()?.next().expect("one address");
                if TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok() {
                    break;
                }
                if begin.elapsed() > time {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                thread::sleep(Duration::from_millis(100));
            }
        }
        Ok(())
    }
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Plan {
    /// Port of the SSH server.
    pub fn port(mut self, port: u16) -> Plan {
        self.port = Some(port);
        self
    }

    /// A key file to log in with.
    pub fn identity(mut self, path: impl Into<String>) -> Plan {
        self.identity = Some(path.into());
        self
    }

    /// A port of this machine that leads to an address behind the server.
    pub fn local(mut self, port: u16, to: impl Into<String>) -> Plan {
        self.forwards.push(Forward::Local { port, to: to.into() });
        self
    }

    /// An address of the server that leads to one of this side.
    pub fn remote(mut self, listen: impl Into<String>, to: impl Into<String>) -> Plan {
        self.forwards.push(Forward::Remote { listen: listen.into(), to: to.into() });
        self
    }

    fn args(&self) -> Vec<String> {
        let mut args: Vec<String> = [
            "-N",
            "-o",
            "BatchMode=yes",
            "-o",
            "ExitOnForwardFailure=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "ServerAliveInterval=20",
        ]
        .map(String::from)
        .to_vec();
        if let Some(port) = self.port {
            args.extend(["-p".to_string(), port.to_string()]);
        }
        if let Some(path) = &self.identity {
            args.extend(["-i".to_string(), path.clone()]);
        }
        for forward in &self.forwards {
            match forward {
                Forward::Local { port, to } => {
                    args.extend(["-L".to_string(), format!("127.0.0.1:{port}:{to}")]);
                }
                Forward::Remote { listen, to } => {
                    args.extend(["-R".to_string(), format!("{listen}:{to}")]);
                }
            }
        }
        args.extend(["--".to_string(), self.host.clone()]);
        args
    }

    /// Starts ssh and waits until the local ports answer.
    pub fn open(&self) -> io::Result<Tunnel> {
        let child = Command::new("ssh").args(self.args()).stdin(Stdio::null()).spawn()?;
        let local = self
            .forwards
            .iter()
            .filter_map(|f| match f {
                Forward::Local { port, .. } => Some(*port),
                Forward::Remote { .. } => None,
            })
            .collect();
        let mut tunnel = Tunnel { child, local };
        tunnel.wait_until_open(Duration::from_secs(15))?;
        Ok(tunnel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let args = Tunnel::to("a@b").local(1, "c:2").remote("127.0.0.1:3", "localhost:4").args();
        assert!(args.windows(2).any(|w| w == ["-L", "127.0.0.1:1:c:2"]));
        assert!(args.windows(2).any(|w| w == ["-R", "127.0.0.1:3:localhost:4"]));
        assert_eq!(args.last().unwrap(), "a@b");
    }
}

inert_fixture_does_not_build!();
