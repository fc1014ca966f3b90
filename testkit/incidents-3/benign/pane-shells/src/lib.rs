// Synthetic, inert fixture written from public reports; see README
//! Opens a pseudo-terminal and starts the shell of the user on it.
#![cfg(unix)]
use std::ffi::{CStr, CString};
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd};

pub struct Pane {
    master: File,
    child: libc::pid_t,
    title: String,
}

#[derive(Clone, Debug)]
pub struct Start {
    pub shell: Option<String>,
    pub rows: u16,
    pub columns: u16,
    pub login: bool,
    pub environment: Vec<(String, String)>,
}

impl Default for Start {
    fn default() -> Self {
        Start { shell: None, rows: 24, columns: 80, login: false, environment: vec![] }
    }
}

/// The shell of the user: `SHELL`, then the password database, then `/bin/sh`.
pub fn user_shell() -> String {
    if let Ok(shell) = std::env::var("SHELL") {
        return shell;
    }
    unsafe {
        let entry = libc::getpwuid(libc::getuid());
        if !entry.is_null() {
            return CStr::from_ptr((*entry).pw_shell).to_string_lossy().into_owned();
        }
    }
    "/bin/sh".into()
}

impl Pane {
    pub fn open(start: &Start) -> io::Result<Pane> {
        let shell = start.shell.clone().unwrap_or_else(user_shell);
        let program = CString::new(shell.as_str())?;
        let base = shell.rsplit('/').next().unwrap_or("sh");
        let name = CString::new(if start.login { format!("-{base}") } else { base.to_string() })?;
        let size = libc::winsize { ws_row: start.rows, ws_col: start.columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pairs: Vec<(CString, CString)> = start
            .environment
            .iter()
            .map(|(k, v)| Ok((CString::new(k.as_str())?, CString::new(v.as_str())?)))
            .collect::<io::Result<_>>()?;
        let mut master = -1;
        let pid = unsafe { libc::forkpty(&mut master, std::ptr::null_mut(), std::ptr::null_mut(), &size) };
        match pid {
            -1 => Err(io::Error::last_os_error()),
            0 => unsafe {
                for (k, v) in &pairs {
                    libc::setenv(k.as_ptr(), v.as_ptr(), 1);
                }
                let args = [name.as_ptr(), std::ptr::null()];
                libc::execvp(program.as_ptr(), args.as_ptr());
                libc::_exit(127)
            },
            child => Ok(Pane { master: unsafe { File::from_raw_fd(master) }, child, title: base.to_string() }),
        }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn streams(&self) -> io::Result<(File, File)> {
        Ok((self.master.try_clone()?, self.master.try_clone()?))
    }

    pub fn resize(&self, rows: u16, columns: u16) -> io::Result<()> {
        let size = libc::winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        match unsafe { libc::ioctl(self.master.as_raw_fd(), libc::TIOCSWINSZ, &size) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Name of the program in the foreground, for the title bar.
    pub fn foreground(&self) -> Option<String> {
        let group = unsafe { libc::tcgetpgrp(self.master.as_raw_fd()) };
        std::fs::read_to_string(format!("/proc/{group}/comm")).ok().map(|s| s.trim().to_string())
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        unsafe {
            libc::kill(self.child, libc::SIGHUP);
            libc::waitpid(self.child, std::ptr::null_mut(), 0);
        }
    }
}

inert_fixture_does_not_build!();
