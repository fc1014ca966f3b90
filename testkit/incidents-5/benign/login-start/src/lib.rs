// Synthetic, inert fixture written from public reports
//! Lets users start a program when they log in: the switch behind a checkbox of its settings.
//!
//! Nothing is written before `enable` is called. `location` names the entry, so that a program
//! can tell its user where it is.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The entry of one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginStart {
    /// In the form of a reversed domain name, as in `invalid.example.Player`.
    pub id: String,
    /// Shown to users by the system.
    pub title: String,
    pub program: PathBuf,
    pub arguments: Vec<String>,
}

impl LoginStart {
    /// An entry for the running program.
    pub fn for_this_program(id: &str, title: &str) -> io::Result<Self> {
        let program = env::current_exe()?;
        Ok(LoginStart { id: id.to_owned(), title: title.to_owned(), program, arguments: Vec::new() })
    }

    /// The file of the entry, or the name of the value on Windows.
    pub fn location(&self) -> io::Result<PathBuf> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "HOME is not set");
        let home = || env::var_os("HOME").map(PathBuf::from).ok_or_else(missing);
        if cfg!(target_os = "macos") {
            return Ok(home()?.join("Library/LaunchAgents").join(format!("{}.plist", self.id)));
        }
        if cfg!(windows) {
            return Ok(PathBuf::from(format!("{RUN_KEY}\\{}", self.id)));
        }
        let config = match env::var_os("XDG_CONFIG_HOME") {
            Some(folder) => PathBuf::from(folder),
            None => home()?.join(".config"),
        };
        Ok(config.join("autostart").join(format!("{}.desktop", self.id)))
    }

    pub fn is_enabled(&self) -> io::Result<bool> {
        if cfg!(windows) {
            let found = Command::new("reg").args(["query", RUN_KEY, "/v", &self.id]).output()?;
            return Ok(found.status.success());
        }
        Ok(self.location()?.exists())
    }

    /// Adds the entry. The user has asked for it.
    pub fn enable(&self) -> io::Result<()> {
        if cfg!(windows) {
            let line = self.command_line();
            let arguments = ["add", RUN_KEY, "/v", &self.id, "/t", "REG_SZ", "/d", &line, "/f"];
            return checked(Command::new("reg").args(arguments));
        }
        let file = self.location()?;
        fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        let text = if cfg!(target_os = "macos") { self.property_list() } else { self.desktop_entry() };
        fs::write(file, text)
    }

    /// Removes the entry.
    pub fn disable(&self) -> io::Result<()> {
        if cfg!(windows) {
            return checked(Command::new("reg").args(["delete", RUN_KEY, "/v", &self.id, "/f"]));
        }
        match fs::remove_file(self.location()?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn command_line(&self) -> String {
        let mut line = format!("\"{}\"", self.program.display());
        for argument in &self.arguments {
            line.push_str(&format!(" \"{}\"", argument.replace('"', "\\\"")));
        }
        line
    }

    fn desktop_entry(&self) -> String {
        format!("[Desktop Entry]\nType=Application\nName={}\nExec={}\nTerminal=false\n", self.title, self.command_line())
    }

    fn property_list(&self) -> String {
        let words: String = std::iter::once(self.program.display().to_string())
            .chain(self.arguments.iter().cloned())
            .map(|word| format!("    <string>{}</string>\n", escaped(&word)))
            .collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n  <key>Label</key>\n  \
             <string>{}</string>\n  <key>ProgramArguments</key>\n  <array>\n{words}  </array>\n  \
             <key>RunAtLoad</key>\n  <true/>\n</dict>\n</plist>\n",
            escaped(&self.id)
        )
    }
}

const RUN_KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn checked(command: &mut Command) -> io::Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::Other, String::from_utf8_lossy(&output.stderr).into_owned()))
}

inert_fixture_does_not_build!();
