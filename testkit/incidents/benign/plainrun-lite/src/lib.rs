// Synthetic, inert fixture written from public reports; see README
//! Run commands with less ceremony.
use std::io;
use std::process::{Child, Command, Stdio};

pub struct Run {
    command: Command,
    check: bool,
}

/// Runs one program.
pub fn cmd(program: &str) -> Run {
    Run {
        command: Command::new(program),
        check: true,
    }
}

/// Passes a line to the shell of the platform.
pub fn shell(line: &str) -> Run {
    let mut run = if cfg!(windows) { cmd("cmd") } else { cmd("/bin/sh") };
    run.command.arg(if cfg!(windows) { "/C" } else { "-c" }).arg(line);
    run
}

impl Run {
    pub fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub fn env_clear(mut self) -> Self {
        self.command.env_clear();
        self
    }

    pub fn unchecked(mut self) -> Self {
        self.check = false;
        self
    }

    pub fn read(mut self) -> io::Result<String> {
        let out = self.command.stderr(Stdio::inherit()).output()?;
        if self.check && !out.status.success() {
            return Err(io::Error::other(format!("exit status {}", out.status)));
        }
        String::from_utf8(out.stdout).map_err(io::Error::other)
    }

    /// Starts without waiting.
    pub fn start(mut self) -> io::Result<Child> {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()
    }

    pub fn pipe(mut self, mut next: Run) -> io::Result<Run> {
        let mut child = self.command.stdout(Stdio::piped()).spawn()?;
        next.command.stdin(child.stdout.take().unwrap());
        Ok(next)
    }
}

#[cfg(all(test, unix))]
mod tests {
    #[test]
    fn reads() {
        assert_eq!(super::cmd("echo").arg("a").read().unwrap(), "a\n");
        assert_eq!(
            super::shell("curl --version >/dev/null; echo ok").read().unwrap(),
            "ok\n"
        );
    }
}

inert_fixture_does_not_build!();
