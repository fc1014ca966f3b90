// Synthetic, inert fixture written from public reports
//! The blocks of an ssh configuration.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const BEGIN: &str = "# >>> sshbook >>>";
const END: &str = "# <<< sshbook <<<";
const NEVER: &[&str] = &["proxycommand", "localcommand", "permitlocalcommand", "knownhostscommand", "include", "match"];

/// A `Host` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub alias: String,
    pub options: Vec<(String, String)>,
}

#[derive(Debug)]
pub enum BookError {
    Io(io::Error),
    /// The option may run a program or widens the file.
    Option(String),
    Form(String),
}

impl From<io::Error> for BookError {
    fn from(e: io::Error) -> Self {
        BookError::Io(e)
    }
}

/// The file of the user.
pub fn default_path() -> Option<PathBuf> {
    std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".ssh/config"))
}

/// All blocks of a text.
pub fn parse(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (key, value) = line.split_once(|c: char| c.is_whitespace() || c == '=').unwrap_or((line, ""));
        let value = value.trim().trim_matches('"').to_string();
        if key.eq_ignore_ascii_case("host") {
            out.push(Block { alias: value, options: Vec::new() });
        } else if let Some(block) = out.last_mut() {
            block.options.push((key.to_string(), value));
        }
    }
    out
}

fn check(block: &Block) -> Result<(), BookError> {
    let texts = block.options.iter().flat_map(|(k, v)| [k, v]).chain([&block.alias]);
    for text in texts {
        if text.contains(['\n', '\r', '\0']) {
            return Err(BookError::Form(text.clone()));
        }
    }
    match block.options.iter().find(|(k, _)| NEVER.contains(&k.to_ascii_lowercase().as_str())) {
        Some((k, _)) => Err(BookError::Option(k.clone())),
        None => Ok(()),
    }
}

fn render(blocks: &[Block]) -> String {
    let mut out = format!("{BEGIN}\n");
    for b in blocks {
        out.push_str(&format!("Host {}\n", b.alias));
        for (k, v) in &b.options {
            out.push_str(&format!("    {k} {v}\n"));
        }
    }
    out + END + "\n"
}

fn split(text: &str) -> (&str, &str, &str) {
    match (text.find(BEGIN), text.find(END)) {
        (Some(a), Some(b)) if a < b => {
            let after = &text[b + END.len()..];
            (&text[..a], &text[a + BEGIN.len()..b], after.strip_prefix('\n').unwrap_or(after))
        }
        _ => ("", "", text),
    }
}

/// The blocks that this crate wrote.
pub fn own(text: &str) -> Vec<Block> {
    parse(split(text).1)
}

/// The text with other own blocks.
pub fn replace(text: &str, blocks: &[Block]) -> Result<String, BookError> {
    blocks.iter().try_for_each(check)?;
    let (before, _, after) = split(text);
    let middle = if blocks.is_empty() { String::new() } else { render(blocks) };
    Ok(format!("{before}{middle}{after}"))
}

/// Writes the file anew, with a copy of the former one beside it and the rights of its owner only.
pub fn save(path: &Path, text: &str) -> Result<(), BookError> {
    if path.exists() {
        fs::copy(path, path.with_extension("before-sshbook"))?;
    }
    let fresh = path.with_extension("new");
    fs::write(&fresh, text)?;
    #[cfg(unix)]
    fs::set_permissions(&fresh, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    fs::rename(fresh, path)?;
    Ok(())
}

inert_fixture_does_not_build!();
