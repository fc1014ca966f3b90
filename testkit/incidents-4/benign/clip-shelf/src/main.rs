// Synthetic, inert fixture written from public reports
//! Keeps what was copied in a local file. `clip-shelf watch` runs in the foreground; `list`, `take N` and `clear` use it.

mod shelf;

use arboard::Clipboard;
use regex::RegexSet;
use std::error::Error;
use std::thread::sleep;
use std::time::Duration;

use shelf::Shelf;

/// Texts that look like secrets are not kept.
fn private() -> RegexSet {
    RegexSet::new([
        r"^(?:[a-z]{3,8} ){11,23}[a-z]{3,8}$",
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
        r"^gh[pousr]_[A-Za-z0-9]{36}$",
        r"^0x[0-9a-fA-F]{64}$",
        r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    ])
    .expect("patterns are constant")
}

fn watch(shelf: &Shelf) -> Result<(), Box<dyn Error>> {
    let mut clipboard = Clipboard::new()?;
    let private = private();
    let mut last = String::new();
    loop {
        match clipboard.get_text() {
            Ok(text) if text != last => {
                if private.is_match(text.trim()) {
                    log::info!("a text that looks like a secret was not kept");
                } else if !text.trim().is_empty() {
                    shelf.keep(&text)?;
                }
                last = text;
            }
            Ok(_) | Err(arboard::Error::ContentNotAvailable) => {}
            Err(error) => log::warn!("clipboard: {error}"),
        }
        sleep(Duration::from_millis(400));
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let shelf = Shelf::open()?;
    match (args.next().as_deref(), args.next()) {
        (Some("watch"), None) => watch(&shelf),
        (Some("list"), None) => {
            for (id, text) in shelf.newest(30)? {
                println!("{id:>5}  {}", text.lines().next().unwrap_or_default());
            }
            Ok(())
        }
        (Some("take"), Some(id)) => {
            let text = shelf.get(id.parse()?)?;
            Clipboard::new()?.set_text(text)?;
            Ok(())
        }
        (Some("clear"), None) => shelf.clear().map_err(Into::into),
        _ => Err("usage: clip-shelf watch | list | take N | clear".into()),
    }
}

inert_fixture_does_not_build!();
