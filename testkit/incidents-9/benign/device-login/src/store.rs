// Synthetic, inert fixture written from public reports; see README
//! The token in a file that only its owner may read.

use crate::Token;
use std::{env, fs, io::{self, Write}, path::PathBuf};

fn path(program: &str) -> io::Result<PathBuf> {
    if !program.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let base = env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("APPDATA").map(PathBuf::from))
        .or_else(|| env::var_os("HOME").map(|h| PathBuf::from(h).join(".config")))
        .ok_or(io::ErrorKind::NotFound)?;
    Ok(base.join(program).join("token"))
}

/// Keeps the token of a program.
pub fn save(program: &str, token: &Token) -> io::Result<()> {
    let path = path(program)?;
    fs::create_dir_all(path.parent().unwrap())?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(token.expose().as_bytes())
}

/// The token that was kept.
pub fn load(program: &str) -> io::Result<Option<Token>> {
    match fs::read_to_string(path(program)?) {
        Ok(text) => Ok(Some(Token::new(text.trim()))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Removes the token.
pub fn forget(program: &str) -> io::Result<()> {
    match fs::remove_file(path(program)?) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
