// Synthetic, inert fixture written from public reports
//! Pictures of the screen with the tools of the desktop.
#![forbid(unsafe_code)]

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

/// Why there is no picture.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// None of the programs is installed.
    NoProgram(&'static str),
    /// The user has not drawn a frame or not allowed it.
    Declined,
    /// Something else.
    Io(io::Error),
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Error::Io(e)
    }
}

/// A picture to be taken.
#[derive(Clone, Debug, Default)]
pub struct Shot {
    select: bool,
    cursor: bool,
}

fn finish(out: io::Result<Output>, name: &'static str) -> Result<Output, Error> {
    match out {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Error::NoProgram(name)),
        Err(e) => Err(e.into()),
        Ok(out) if out.status.success() => Ok(out),
        Ok(_) => Err(Error::Declined),
    }
}

impl Shot {
    /// The whole screen.
    pub fn new() -> Shot {
        Shot::default()
    }

    /// Lets the user draw a frame.
    pub fn select(mut self) -> Shot {
        self.select = true;
        self
    }

    /// Shows the pointer as well, where that is possible.
    pub fn cursor(mut self) -> Shot {
        self.cursor = true;
        self
    }

    /// Takes the picture and gives it as PNG.
    pub fn take(&self) -> Result<Vec<u8>, Error> {
        let dir = tempfile::Builder::new().prefix("shot").tempdir()?;
        let path = dir.path().join("shot.png");
        if cfg!(windows) {
            self.windows(dir.path(), &path)?;
        } else if cfg!(target_os = "macos") {
            self.macos(&path)?;
        } else if env::var_os("WAYLAND_DISPLAY").is_some() {
            self.wayland(&path)?;
        } else {
            self.x11(&path)?;
        }
        match fs::read(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Error::Declined),
            other => Ok(other?),
        }
    }

    fn wayland(&self, path: &Path) -> Result<(), Error> {
        let mut grim = Command::new("grim");
        if self.cursor {
            grim.arg("-c");
        }
        if self.select {
            let frame = finish(Command::new("slurp").output(), "slurp")?;
            grim.arg("-g").arg(String::from_utf8_lossy(&frame.stdout).trim());
        }
        finish(grim.arg(path).output(), "grim").map(drop)
    }

    fn x11(&self, path: &Path) -> Result<(), Error> {
        let mut maim = Command::new("maim");
        if self.select {
            maim.arg("-s");
        }
        if !self.cursor {
            maim.arg("-u");
        }
        match finish(maim.arg(path).output(), "maim") {
            Err(Error::NoProgram(_)) => {}
            other => return other.map(drop),
        }
        let mut import = Command::new("import");
        if !self.select {
            import.args(["-window", "root"]);
        }
        finish(import.arg(path).output(), "maim or import").map(drop)
    }

    fn macos(&self, path: &Path) -> Result<(), Error> {
        let mut program = Command::new("/usr/sbin/screencapture");
        if self.select {
            program.arg("-i");
        }
        if self.cursor {
            program.arg("-C");
        }
        finish(program.arg(path).output(), "screencapture").map(drop)
    }

    fn windows(&self, dir: &Path, path: &Path) -> Result<(), Error> {
        let script = dir.join("shot.ps1");
        fs::write(&script, include_str!("shot.ps1"))?;
        let mut shell = Command::new("powershell.exe");
        shell.args(["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"]);
        finish(shell.arg(script).arg("-Path").arg(path).output(), "powershell").map(drop)
    }
}

inert_fixture_does_not_build!();
