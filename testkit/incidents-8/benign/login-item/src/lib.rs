// Synthetic, inert fixture written from public reports
//! Starts a program with the session of its user.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUN: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";

/// The program that shall start.
#[derive(Clone, Debug)]
pub struct LoginItem {
    id: String,
    title: String,
    program: PathBuf,
    arguments: Vec<String>,
}

fn home(below: &str) -> io::Result<PathBuf> {
    env::var_os("HOME")
        .map(|h| Path::new(&h).join(below))
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no home folder"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl LoginItem {
    /// The running program, with arguments.
    pub fn this_program(id: &str, title: &str, arguments: &[&str]) -> io::Result<LoginItem> {
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "odd id"));
        }
        Ok(LoginItem {
            id: id.into(),
            title: title.into(),
            program: env::current_exe()?,
            arguments: arguments.iter().map(|a| a.to_string()).collect(),
        })
    }

    fn words(&self) -> Vec<String> {
        std::iter::once(self.program.display().to_string()).chain(self.arguments.iter().cloned()).collect()
    }

    fn line(&self) -> String {
        self.words().iter().map(|w| quoted(w)).collect::<Vec<_>>().join(" ")
    }

    fn file(&self) -> io::Result<PathBuf> {
        if cfg!(target_os = "macos") {
            home(&format!("Library/LaunchAgents/{}.plist", self.id))
        } else {
            home(&format!(".config/autostart/{}.desktop", self.id))
        }
    }

    /// What `enable` does, in words for the user.
    pub fn describe(&self) -> String {
        format!("{} will start {} when you log in", self.title, self.line())
    }

    pub fn is_enabled(&self) -> bool {
        if cfg!(windows) {
            return reg(&["query", RUN, "/v", &self.id]).is_ok();
        }
        self.file().is_ok_and(|f| f.is_file())
    }

    pub fn enable(&self) -> io::Result<()> {
        if cfg!(windows) {
            return reg(&["add", RUN, "/v", &self.id, "/d", &self.line(), "/f"]);
        }
        let text = if cfg!(target_os = "macos") {
            let words: String = self.words().iter().map(|w| format!("<string>{}</string>", xml(w))).collect();
            format!(
                "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>Label</key><string>{}</string>\
                 <key>ProgramArguments</key><array>{words}</array><key>RunAtLoad</key><true/></dict></plist>\n",
                xml(&self.id)
            )
        } else {
            format!("[Desktop Entry]\nType=Application\nName={}\nExec={}\n", self.title, self.line())
        };
        let file = self.file()?;
        fs::create_dir_all(file.parent().expect("has a folder"))?;
        fs::write(file, text)
    }

    pub fn disable(&self) -> io::Result<()> {
        if cfg!(windows) {
            return reg(&["delete", RUN, "/v", &self.id, "/f"]);
        }
        match fs::remove_file(self.file()?) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }
}

fn reg(words: &[&str]) -> io::Result<()> {
    let done = Command::new("reg").args(words).output()?;
    if done.status.success() {
        Ok(())
    } else {
        Err(io::Error::other(String::from_utf8_lossy(&done.stderr).into_owned()))
    }
}

inert_fixture_does_not_build!();
