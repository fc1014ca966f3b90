// Synthetic, inert fixture written from public reports
//! Shows a theme in the terminal.

use palette_file::Theme;
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::var_os("THEME").unwrap_or_else(|| "examples/day.theme".into());
    let Ok(text) = std::fs::read_to_string(path) else {
        return Ok(());
    };
    let theme = Theme::parse(&text).map_err(|bad| bad.0)?;
    let mut out = std::io::stdout();
    for name in ["text", "paper", "accent"] {
        if let Some(c) = theme.get(name) {
            writeln!(out, "\x1b[48;2;{};{};{}m  {name}  \x1b[0m", c.red, c.green, c.blue)?;
        }
    }
    Ok(())
}

inert_fixture_does_not_build!();
