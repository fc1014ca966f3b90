// Synthetic, inert fixture written from public reports; see README
//! Size of the terminal.

use std::env;

/// Columns and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub lines: u16,
}

impl Size {
    /// What most programs take if there is no terminal.
    pub const FALLBACK: Size = Size { columns: 80, lines: 24 };
}

fn number(name: &str) -> Option<u16> {
    env::var(name).ok()?.trim().parse().ok().filter(|n| *n > 0)
}

fn by_variables() -> Option<Size> {
    Some(Size { columns: number("COLUMNS")?, lines: number("LINES")? })
}

#[cfg(unix)]
fn by_terminal() -> Option<Size> {
    let mut answer = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
    for stream in [libc::STDOUT_FILENO, libc::STDERR_FILENO, libc::STDIN_FILENO].iter() {
        let ok = unsafe { libc::ioctl(*stream, libc::TIOCGWINSZ as _, &mut answer) } == 0;
        if ok && answer.ws_col > 0 {
            return Some(Size { columns: answer.ws_col, lines: answer.ws_row });
        }
    }
    None
}

#[cfg(not(unix))]
fn by_terminal() -> Option<Size> {
    let output = std::process::Command::new("cmd").args(&["/c", "mode", "con"]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = text
        .lines()
        .filter_map(|l| l.rsplit(':').next())
        .filter_map(|n| n.trim().parse::<u16>().ok());
    let lines = numbers.next()?;
    Some(Size { columns: numbers.next()?, lines })
}

/// The size; the variables `COLUMNS` and `LINES` win.
pub fn size() -> Option<Size> {
    by_variables().or_else(by_terminal)
}

/// The size or 80 to 24.
pub fn size_or_default() -> Size {
    size().unwrap_or(Size::FALLBACK)
}

/// Breaks a text into lines of the width of the terminal.
pub fn wrap(text: &str) -> Vec<String> {
    let width = usize::from(size_or_default().columns);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_string());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #[test]
    fn never_nothing() {
        assert!(super::size_or_default().columns > 0);
    }
}

inert_fixture_does_not_build!();
