// Synthetic, inert fixture written from public reports; see README
//! Installs a program as a service.
use std::{fs, io, path::{Path, PathBuf}, process::Command};

/// A service.
pub struct Service<'a> {
    pub label: &'a str,
    pub program: &'a Path,
    pub args: &'a [&'a str],
}

impl Service<'_> {
    /// The unit file.
    pub fn unit(&self) -> String {
        format!(
            "[Unit]\nDescription={}\n[Service]\nExecStart={} {}\nRestart=on-failure\n[Install]\nWantedBy=default.target\n",
            self.label,
            self.program.display(),
            self.args.join(" ")
        )
    }

    /// Writes the unit of this user and starts it.
    pub fn install(&self) -> io::Result<()> {
        let home = std::env::var_os("HOME").ok_or(io::ErrorKind::NotFound)?;
        let dir = PathBuf::from(home).join(".config/systemd/user");
        fs::create_dir_all(&dir)?;
        let name = format!("{}.service", self.label);
        fs::write(dir.join(&name), self.unit())?;
        let status = Command::new("systemctl").args(["--user", "enable", "--now", &name]).status()?;
        if status.success() { Ok(()) } else { Err(io::Error::new(io::ErrorKind::Other, "systemctl failed")) }
    }
}

inert_fixture_does_not_build!();
