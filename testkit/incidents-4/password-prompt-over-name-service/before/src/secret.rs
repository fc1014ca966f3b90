// Synthetic, inert fixture written from public reports
use crossterm::event::{read, Event, KeyCode, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, Write};

struct Raw;

impl Raw {
    fn enter() -> io::Result<Self> {
        enable_raw_mode()?;
        Ok(Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
        eprintln!();
    }
}

/// Asks for a password without echo.
pub fn password(question: &str) -> io::Result<String> {
    eprint!("{question} ");
    io::stderr().flush()?;
    let _raw = Raw::enter()?;
    let mut typed = String::new();
    loop {
        let Event::Key(key) = read()? else { continue };
        match key.code {
            KeyCode::Enter => return Ok(typed),
            KeyCode::Backspace => drop(typed.pop()),
            KeyCode::Char('c') if key.modifiers == KeyModifiers::CONTROL => {
                return Err(io::ErrorKind::Interrupted.into());
            }
            KeyCode::Char(c) => typed.push(c),
            _ => {}
        }
    }
}
