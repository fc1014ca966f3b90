// Synthetic, inert fixture written from public reports; see README
//! Secrets in the key store of the user.

use std::fmt;
use std::io::{self, Write};
use std::process::{Command, Output, Stdio};

/// A secret; overwritten when dropped, hidden in `Debug`.
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Secret(bytes.into())
    }

    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        for b in &mut self.0 {
            // SAFETY: the pointer comes from a reference.
            unsafe { std::ptr::write_volatile(b, 0) };
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The secrets of one program.
pub struct Hutch {
    service: String,
}

fn checked(out: Output) -> io::Result<Vec<u8>> {
    if out.status.success() {
        Ok(out.stdout)
    } else {
        let why = String::from_utf8_lossy(&out.stderr).trim().to_string();
        Err(io::Error::new(io::ErrorKind::Other, why))
    }
}

fn feed(mut command: Command, input: &[u8]) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    child.wait_with_output()
}

impl Hutch {
    /// `service` is the name of the program, as the user will see it in the key store.
    pub fn new(service: &str) -> Self {
        Hutch { service: service.to_string() }
    }

    /// Stores a secret for an account; replaces the former one.
    pub fn store(&self, account: &str, secret: &Secret) -> io::Result<()> {
        let out = if cfg!(target_os = "macos") {
            let mut c = Command::new("security");
            c.arg("-i");
            let hex: String = secret.expose().iter().map(|b| format!("{b:02x}")).collect();
            let quoted = |s: &str| s.replace('\\', "\\\\").replace('"', "\\\"");
            let line = format!(
                "add-generic-password -U -s \"{}\" -a \"{}\" -X {hex}\n",
                quoted(&self.service),
                quoted(account)
            );
            feed(c, line.as_bytes())?
        } else {
            let mut c = Command::new("secret-tool");
            c.args(["store", "--label", &self.service, "service", &self.service, "account", account]);
            feed(c, secret.expose())?
        };
        checked(out).map(drop)
    }

    /// The secret of an account, if there is one.
    pub fn load(&self, account: &str) -> io::Result<Option<Secret>> {
        let out = if cfg!(target_os = "macos") {
            Command::new("security")
                .args(["find-generic-password", "-w", "-s", &self.service, "-a", account])
                .output()?
        } else {
            Command::new("secret-tool")
                .args(["lookup", "service", &self.service, "account", account])
                .output()?
        };
        if !out.status.success() {
            return Ok(None);
        }
        let mut bytes = out.stdout;
        if cfg!(target_os = "macos") && bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        Ok(Some(Secret(bytes)))
    }

    /// Removes the secret of an account.
    pub fn forget(&self, account: &str) -> io::Result<()> {
        let out = if cfg!(target_os = "macos") {
            Command::new("security")
                .args(["delete-generic-password", "-s", &self.service, "-a", account])
                .output()?
        } else {
            Command::new("secret-tool")
                .args(["clear", "service", &self.service, "account", account])
                .output()?
        };
        checked(out).map(drop)
    }
}

inert_fixture_does_not_build!();
