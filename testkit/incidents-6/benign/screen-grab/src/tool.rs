// Synthetic, inert fixture written from public reports
use std::env;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::Area;

/// Lets the first tool that is there take a picture.
pub fn take(area: Option<Area>, pointer: bool, file: &Path) -> io::Result<()> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "no tool for pictures of the screen");
    for mut command in candidates(area, pointer, file) {
        match command.status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => last = io::Error::new(io::ErrorKind::Other, status.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn candidates(area: Option<Area>, pointer: bool, file: &Path) -> Vec<Command> {
    let mut out = Vec::new();
    if cfg!(target_os = "macos") {
        let mut command = Command::new("screencapture");
        command.arg("-x");
        if pointer {
            command.arg("-C");
        }
        if let Some(a) = area {
            command.arg(format!("-R{},{},{},{}", a.x, a.y, a.width, a.height));
        }
        command.arg(file);
        out.push(command);
        return out;
    }
    if env::var_os("WAYLAND_DISPLAY").is_some() {
        let mut command = Command::new("grim");
        if pointer {
            command.arg("-c");
        }
        if let Some(a) = area {
            command.arg("-g").arg(format!("{},{} {}x{}", a.x, a.y, a.width, a.height));
        }
        command.arg(file);
        out.push(command);
    } else {
        let mut command = Command::new("import");
        command.args(["-silent", "-window", "root"]);
        if let Some(a) = area {
            command.arg("-crop").arg(format!("{}x{}+{}+{}", a.width, a.height, a.x, a.y));
        }
        command.arg(file);
        out.push(command);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_candidate_at_least() {
        assert!(!candidates(None, false, Path::new("a.png")).is_empty());
    }
}
