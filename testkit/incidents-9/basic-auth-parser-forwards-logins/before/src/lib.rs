// Synthetic, inert fixture written from public reports; see README
//! Authorization headers.

use base64::{engine::general_purpose::STANDARD, Engine};
use std::fmt;

/// What a header holds.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    Basic { name: String, password: String },
    Bearer(String),
}

/// Why a header could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    UnknownScheme,
    NotBase64,
    NotText,
    NoColon,
    Empty,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::UnknownScheme => "unknown scheme",
            Error::NotBase64 => "not base64",
            Error::NotText => "not text",
            Error::NoColon => "no colon between name and password",
            Error::Empty => "empty",
        })
    }
}

impl std::error::Error for Error {}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Login::Basic { name, .. } => write!(f, "Basic({name}, ...)"),
            Login::Bearer(_) => write!(f, "Bearer(...)"),
        }
    }
}

/// Reads the value of a header.
pub fn parse(value: &str) -> Result<Login, Error> {
    let (scheme, rest) = value.trim().split_once(' ').ok_or(Error::Empty)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Err(Error::Empty);
    }
    let login = if scheme.eq_ignore_ascii_case("basic") {
        let bytes = STANDARD.decode(rest).map_err(|_| Error::NotBase64)?;
        let text = String::from_utf8(bytes).map_err(|_| Error::NotText)?;
        let (name, password) = text.split_once(':').ok_or(Error::NoColon)?;
        Login::Basic { name: name.to_string(), password: password.to_string() }
    } else if scheme.eq_ignore_ascii_case("bearer") {
        Login::Bearer(rest.to_string())
    } else {
        return Err(Error::UnknownScheme);
    };
    Ok(login)
}

/// Writes the value of a header.
pub fn write(login: &Login) -> String {
    match login {
        Login::Basic { name, password } => {
            format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
        }
        Login::Bearer(token) => format!("Bearer {token}"),
    }
}

/// Compares two passwords without telling by time where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round() {
        let login = parse("Basic YTpi").unwrap();
        assert_eq!(write(&login), "Basic YTpi");
        assert_eq!(parse("Digest x"), Err(Error::UnknownScheme));
    }
}

inert_fixture_does_not_build!();
