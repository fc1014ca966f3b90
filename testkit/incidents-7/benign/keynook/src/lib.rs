// Synthetic, inert fixture written from public reports
//! Passwords of a program.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

mod sealed;

pub use sealed::SealedFile;

pub type Secret = Zeroizing<String>;

/// A place for passwords.
pub trait Store {
    fn set(&mut self, account: &str, password: &str) -> io::Result<()>;
    fn get(&self, account: &str) -> io::Result<Option<Secret>>;
    fn remove(&mut self, account: &str) -> io::Result<()>;
}

/// The key store of the desktop.
pub struct System {
    service: String,
}

fn run(program: &str, args: &[&str], input: Option<&str>) -> io::Result<(bool, Secret)> {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let (Some(mut pipe), Some(text)) = (child.stdin.take(), input) {
        pipe.write_all(text.as_bytes())?;
    }
    let out = child.wait_with_output()?;
    let text = String::from_utf8_lossy(&out.stdout).trim_end_matches('\n').to_string();
    Ok((out.status.success(), Zeroizing::new(text)))
}

fn failed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::Other, format!("the key store refused to {what}"))
}

impl System {
    pub fn new(service: impl Into<String>) -> Self {
        System { service: service.into() }
    }
}

impl Store for System {
    fn set(&mut self, account: &str, password: &str) -> io::Result<()> {
        let (ok, _) = if cfg!(target_os = "macos") {
            // the password goes through the input, so that it is not in the list of processes
            let line = format!("add-generic-password -U -s {:?} -a {:?} -w {:?}\n", self.service, account, password);
            run("security", &["-i"], Some(&line))?
        } else {
            let label = format!("{} ({account})", self.service);
            run(
                "secret-tool",
                &["store", "--label", &label, "service", &self.service, "account", account],
                Some(password),
            )?
        };
        ok.then_some(()).ok_or_else(|| failed("store"))
    }

    fn get(&self, account: &str) -> io::Result<Option<Secret>> {
        let (ok, text) = if cfg!(target_os = "macos") {
            run("security", &["find-generic-password", "-s", &self.service, "-a", account, "-w"], None)?
        } else {
            run("secret-tool", &["lookup", "service", &self.service, "account", account], None)?
        };
        Ok(ok.then_some(text))
    }

    fn remove(&mut self, account: &str) -> io::Result<()> {
        let (ok, _) = if cfg!(target_os = "macos") {
            run("security", &["delete-generic-password", "-s", &self.service, "-a", account], None)?
        } else {
            run("secret-tool", &["clear", "service", &self.service, "account", account], None)?
        };
        ok.then_some(()).ok_or_else(|| failed("remove"))
    }
}

inert_fixture_does_not_build!();
