// Synthetic, inert fixture written from public reports
//! Prompts for terminals.
//!
//! Every prompt writes to standard error, so that output can be piped.

mod secret;

pub use secret::password;

use std::io::{self, BufRead, Write};

fn line(question: &str) -> io::Result<String> {
    let mut err = io::stderr().lock();
    write!(err, "{question} ")?;
    err.flush()?;
    let mut text = String::new();
    if io::stdin().lock().read_line(&mut text)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks for a text; an empty answer takes the default.
pub fn text(question: &str, default: Option<&str>) -> io::Result<String> {
    loop {
        let answer = match default {
            Some(value) => line(&format!("{question} [{value}]"))?,
            None => line(question)?,
        };
        match (answer.is_empty(), default) {
            (false, _) => return Ok(answer),
            (true, Some(value)) => return Ok(value.to_owned()),
            (true, None) => continue,
        }
    }
}

/// Asks for yes or no.
pub fn confirm(question: &str, default: bool) -> io::Result<bool> {
    let hint = if default { "Y/n" } else { "y/N" };
    loop {
        match line(&format!("{question} [{hint}]"))?.to_lowercase().as_str() {
            "" => return Ok(default),
            "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            _ => continue,
        }
    }
}

/// Asks for one of several choices and gives its index.
pub fn choose(question: &str, choices: &[&str]) -> io::Result<usize> {
    for (at, choice) in choices.iter().enumerate() {
        eprintln!("  {}) {choice}", at + 1);
    }
    loop {
        if let Ok(n) = line(question)?.parse::<usize>() {
            if (1..=choices.len()).contains(&n) {
                return Ok(n - 1);
            }
        }
    }
}

inert_fixture_does_not_build!();
