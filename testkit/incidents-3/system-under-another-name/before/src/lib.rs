// Synthetic, inert fixture written from public reports; see README
//! A guard for raw mode.
#![cfg(unix)]
use std::io;
use std::os::fd::{AsRawFd, RawFd};

mod sys;

/// Puts the terminal into raw mode until it is dropped.
pub struct RawGuard {
    fd: RawFd,
    saved: sys::Termios,
}

impl RawGuard {
    pub fn enter() -> io::Result<RawGuard> {
        let fd = io::stdin().as_raw_fd();
        let saved = sys::get(fd)?;
        let mut raw = saved;
        raw.iflag &= !(0o2 | 0o20 | 0o40 | 0o400 | 0o2000);
        raw.oflag &= !0o1;
        raw.cflag |= 0o60;
        raw.lflag &= !(0o10 | 0o2 | 0o1 | 0o100000);
        sys::set(fd, &raw)?;
        Ok(RawGuard { fd, saved })
    }

    /// Leaves raw mode and reports errors, which a drop cannot.
    pub fn leave(self) -> io::Result<()> {
        let r = sys::set(self.fd, &self.saved);
        std::mem::forget(self);
        r
    }
}

impl Drop for RawGuard {
    fn drop(&mut self) {
        let _ = sys::set(self.fd, &self.saved);
    }
}

/// Restores the terminal before a panic message is printed.
pub fn restore_on_panic() -> io::Result<()> {
    let fd = io::stdin().as_raw_fd();
    let saved = sys::get(fd)?;
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let _ = sys::set(fd, &saved);
        hook(info);
    }));
    Ok(())
}

inert_fixture_does_not_build!();
