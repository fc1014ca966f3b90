// Synthetic, inert fixture written from public reports
//! Finds devices that still have the password of the factory.
//!
//! Audit only networks that you are responsible for. One attempt at a time is made to each
//! host, with a pause in between.

use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ssh2::Session;

/// Logins with which devices leave the factory.
pub const FACTORY: &[(&str, &str)] = &[
    ("admin", "admin"),
    ("admin", "password"),
    ("root", "root"),
    ("root", "toor"),
    ("pi", "raspberry"),
    ("ubnt", "ubnt"),
];

/// A device that let us in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub host: IpAddr,
    pub user: String,
    pub password: String,
}

/// How an audit is done.
#[derive(Debug, Clone)]
pub struct Audit {
    pub port: u16,
    pub timeout: Duration,
    pub pause: Duration,
    pub parallel: usize,
}

impl Default for Audit {
    fn default() -> Self {
        Audit {
            port: 22,
            timeout: Duration::from_secs(4),
            pause: Duration::from_millis(1500),
            parallel: 8,
        }
    }
}

impl Audit {
    /// Tries the logins at each host and stops at the first that works.
    pub fn run(&self, hosts: &[IpAddr], logins: &[(&str, &str)]) -> Vec<Finding> {
        let (sender, receiver) = mpsc::channel();
        let size = hosts.len().div_ceil(self.parallel.max(1)).max(1);
        thread::scope(|scope| {
            for part in hosts.chunks(size) {
                let sender = sender.clone();
                scope.spawn(move || {
                    for host in part {
                        if let Some(finding) = self.host(*host, logins) {
                            let _ = sender.send(finding);
                        }
                    }
                });
            }
        });
        drop(sender);
        receiver.into_iter().collect()
    }

    fn host(&self, host: IpAddr, logins: &[(&str, &str)]) -> Option<Finding> {
        for (user, password) in logins {
            match self.attempt(host, user, password) {
                Ok(true) => {
                    return Some(Finding {
                        host,
                        user: user.to_string(),
                        password: password.to_string(),
                    })
                }
                Ok(false) => thread::sleep(self.pause),
                Err(_) => return None,
            }
        }
        None
    }

    fn attempt(&self, host: IpAddr, user: &str, password: &str) -> Result<bool, ssh2::Error> {
        let refused = |_| ssh2::Error::unknown();
        let stream = TcpStream::connect_timeout(&SocketAddr::new(host, self.port), self.timeout)
            .map_err(refused)?;
        let mut session = Session::new()?;
        session.set_timeout(self.timeout.as_millis() as u32);
        session.set_tcp_stream(stream);
        session.handshake()?;
        let _ = session.userauth_password(user, password);
        Ok(session.authenticated())
    }
}

/// A table of the findings, without the passwords.
pub fn table(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{}\t{}\n", finding.host, finding.user)).collect()
}

inert_fixture_does_not_build!();
