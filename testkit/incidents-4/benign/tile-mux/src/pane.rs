// Synthetic, inert fixture written from public reports
use nix::pty::{openpty, Winsize};
use nix::unistd::setsid;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub struct Pane {
    master: File,
    child: Child,
}

fn stdio(slave: &OwnedFd) -> io::Result<Stdio> {
    Ok(Stdio::from(slave.try_clone()?))
}

impl Pane {
    pub fn spawn(shell: &str, folder: &Path, columns: u16, rows: u16) -> io::Result<Self> {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pty = openpty(Some(&size), None)?;
        let mut command = Command::new(shell);
        command
            .arg("-l")
            .current_dir(folder)
            .env("TERM", "xterm-256color")
            .env_remove("TMUX")
            .stdin(stdio(&pty.slave)?)
            .stdout(stdio(&pty.slave)?)
            .stderr(stdio(&pty.slave)?);
        let tty = pty.slave.as_raw_fd();
        unsafe {
            command.pre_exec(move || {
                setsid()?;
                if nix::libc::ioctl(tty, nix::libc::TIOCSCTTY, 0) < 0 {
                    return Err(io::Error::last_os_error());
                }
                Ok(())
            });
        }
        Ok(Pane { master: File::from(pty.master), child: command.spawn()? })
    }

    pub fn screen(&mut self) -> io::Result<Vec<u8>> {
        let mut block = vec![0; 8192];
        let n = self.master.read(&mut block)?;
        block.truncate(n);
        Ok(block)
    }
}

impl Write for Pane {
    fn write(&mut self, keys: &[u8]) -> io::Result<usize> {
        self.master.write(keys)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.master.flush()
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
