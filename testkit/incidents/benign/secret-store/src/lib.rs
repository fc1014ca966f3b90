// Synthetic, inert fixture written from public reports; see README
//! Keep passwords, tokens and private keys of an application.
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

#[derive(Debug)]
pub enum Error {
    NoHome,
    NotFound,
    Backend(String),
    Io(std::io::Error),
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error::Io(e)
    }
}

/// One named secret of a service.
pub struct Entry {
    service: String,
    user: String,
}

impl Entry {
    pub fn new(service: &str, user: &str) -> Self {
        Entry {
            service: service.into(),
            user: user.into(),
        }
    }

    fn file(&self) -> Result<PathBuf, Error> {
        let home = std::env::var_os("XDG_DATA_HOME")
            .or_else(|| std::env::var_os("HOME"))
            .ok_or(Error::NoHome)?;
        Ok(PathBuf::from(home)
            .join(".local/share/keyrings")
            .join(format!("{}.{}.secret", self.service, self.user)))
    }

    pub fn set_password(&self, password: &str) -> Result<(), Error> {
        if secret_tool_works() {
            let mut child = Command::new("secret-tool")
                .args([
                    "store",
                    "--label",
                    &self.service,
                    "service",
                    &self.service,
                    "user",
                    &self.user,
                ])
                .stdin(Stdio::piped())
                .spawn()?;
            child.stdin.take().unwrap().write_all(password.as_bytes())?;
            return match child.wait()?.success() {
                true => Ok(()),
                false => Err(Error::Backend("secret-tool store".into())),
            };
        }
        let file = self.file()?;
        fs::create_dir_all(file.parent().unwrap())?;
        fs::write(&file, password)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
        }
        Ok(())
    }

    pub fn password(&self) -> Result<String, Error> {
        if secret_tool_works() {
            let out = Command::new("secret-tool")
                .args(["lookup", "service", &self.service, "user", &self.user])
                .output()?;
            return String::from_utf8(out.stdout).map_err(|e| Error::Backend(e.to_string()));
        }
        fs::read_to_string(self.file()?).map_err(|_| Error::NotFound)
    }

    pub fn delete(&self) -> Result<(), Error> {
        Ok(fs::remove_file(self.file()?)?)
    }
}

fn secret_tool_works() -> bool {
    Command::new("secret-tool")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

inert_fixture_does_not_build!();
