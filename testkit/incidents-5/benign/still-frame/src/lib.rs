// Synthetic, inert fixture written from public reports
//! Pictures of the screen for tests of graphical programs. The programs of the system take
//! them; the caller names the file.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is on the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    Screen,
    Region { x: i32, y: i32, width: u32, height: u32 },
    /// The title of a window, on X11 only.
    Window(String),
}

/// A way to take a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    Screencapture,
    Grim,
    Import,
}

/// Takes a picture and writes it as PNG to a file.
pub fn take(area: &Area, file: &Path) -> io::Result<()> {
    let tool = tool()?;
    let mut command = command(tool, area, file)?;
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::new(io::ErrorKind::Other, text));
    }
    Ok(())
}

fn tool() -> io::Result<Tool> {
    if cfg!(target_os = "macos") {
        return Ok(Tool::Screencapture);
    }
    if std::env::var_os("WAYLAND_DISPLAY").is_some() {
        return Ok(Tool::Grim);
    }
    if std::env::var_os("DISPLAY").is_some() {
        return Ok(Tool::Import);
    }
    Err(io::Error::new(io::ErrorKind::Unsupported, "no display was found"))
}

fn command(tool: Tool, area: &Area, file: &Path) -> io::Result<Command> {
    let unsupported = || io::Error::new(io::ErrorKind::Unsupported, "this display has no windows by title");
    let mut command;
    match tool {
        Tool::Screencapture => {
            command = Command::new("screencapture");
            command.args(["-x", "-t", "png"]);
            match area {
                Area::Screen => {}
                Area::Region { x, y, width, height } => {
                    command.arg(format!("-R{x},{y},{width},{height}"));
                }
                Area::Window(_) => return Err(unsupported()),
            }
        }
        Tool::Grim => {
            command = Command::new("grim");
            match area {
                Area::Screen => {}
                Area::Region { x, y, width, height } => {
                    command.arg("-g").arg(format!("{x},{y} {width}x{height}"));
                }
                Area::Window(_) => return Err(unsupported()),
            }
        }
        Tool::Import => {
            command = Command::new("import");
            match area {
                Area::Window(title) => command.args(["-window", title.as_str()]),
                _ => command.args(["-window", "root"]),
            };
            if let Area::Region { x, y, width, height } = area {
                command.arg("-crop").arg(format!("{width}x{height}{x:+}{y:+}"));
            }
        }
    }
    command.arg(file);
    Ok(command)
}

/// Compares a picture with the one a test expects, byte by byte, and keeps the new one beside it
/// when they differ.
pub fn assert_same(area: &Area, expected: &Path) -> io::Result<()> {
    let found: PathBuf = expected.with_extension("found.png");
    take(area, &found)?;
    let same = match std::fs::read(expected) {
        Ok(bytes) => bytes == std::fs::read(&found)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if same {
        return std::fs::remove_file(found);
    }
    panic!("the screen is not as in {}; see {}", expected.display(), found.display());
}

inert_fixture_does_not_build!();
