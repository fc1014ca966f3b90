// Synthetic, inert fixture written from public reports
//! Drives interactive programs in tests.
#![cfg(unix)]

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// A program in a pseudo-terminal.
#[derive(Debug)]
pub struct Session {
    master: File,
    child: Child,
    seen: String,
    patience: Duration,
}

fn open() -> io::Result<(OwnedFd, OwnedFd)> {
    let (mut master, mut slave) = (-1, -1);
    let mut size = libc::winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: the pointers are valid or null, as openpty allows.
    let result = unsafe {
        libc::openpty(&mut master, &mut slave, std::ptr::null_mut(), std::ptr::null_mut(), &mut size)
    };
    if result != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: openpty has just made both, and nobody else owns them.
    unsafe { Ok((OwnedFd::from_raw_fd(master), OwnedFd::from_raw_fd(slave))) }
}

impl Session {
    /// Starts a program.
    pub fn start(command: &mut Command) -> io::Result<Session> {
        let (master, slave) = open()?;
        let fd = slave.as_raw_fd();
        command.env("TERM", "dumb");
        // SAFETY: only async-signal-safe functions are called between fork and exec.
        unsafe {
            command.pre_exec(move || {
                if libc::setsid() < 0 || libc::ioctl(fd, libc::TIOCSCTTY as _, 0) < 0 {
                    return Err(io::Error::last_os_error());
                }
                for stream in 0..3 {
                    if libc::dup2(fd, stream) < 0 {
                        return Err(io::Error::last_os_error());
                    }
                }
                Ok(())
            });
        }
        let child = command.spawn()?;
        drop(slave);
        Ok(Session { master: File::from(master), child, seen: String::new(), patience: Duration::from_secs(5) })
    }

    /// How long to wait for a text.
    pub fn patience(mut self, time: Duration) -> Session {
        self.patience = time;
        self
    }

    fn readable(&self, time: Duration) -> io::Result<bool> {
        let mut poll = libc::pollfd { fd: self.master.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: one valid pollfd.
        match unsafe { libc::poll(&mut poll, 1, time.as_millis() as libc::c_int) } {
            -1 => Err(io::Error::last_os_error()),
            n => Ok(n > 0),
        }
    }

    /// Reads until a text appears, and gives all up to its end.
    pub fn wait_for(&mut self, text: &str) -> io::Result<String> {
        let start = Instant::now();
        loop {
            if let Some(at) = self.seen.find(text) {
                let rest = self.seen.split_off(at + text.len());
                return Ok(std::mem::replace(&mut self.seen, rest));
            }
            let left = self.patience.saturating_sub(start.elapsed());
            if left.is_zero() || !self.readable(left)? {
                let message = format!("no {text:?} in {:?}", self.seen);
                return Err(io::Error::new(io::ErrorKind::TimedOut, message));
            }
            let mut bytes = [0; 4096];
            match self.master.read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                // Linux answers EIO when the other side is closed.
                Err(e) if e.raw_os_error() == Some(libc::EIO) => return Err(io::ErrorKind::UnexpectedEof.into()),
                other => self.seen.push_str(&String::from_utf8_lossy(&bytes[..other?])),
            }
        }
    }

    /// Types text.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.master.write_all(text.as_bytes())
    }

    /// Types a line.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.text(&format!("{text}\r"))
    }

    /// Waits for the end of the program.
    pub fn finish(mut self) -> io::Result<ExitStatus> {
        self.child.wait()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

inert_fixture_does_not_build!();
