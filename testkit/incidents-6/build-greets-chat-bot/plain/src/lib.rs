// Synthetic, inert fixture written from public reports
//! Quoting for PostgreSQL: identifiers, literals, arrays and byte strings.
//!
//! Use bound parameters wherever you can. This is for what cannot be bound: names of tables,
//! `COPY` options and scripts that are written to a file.

use std::fmt::Write;

mod array;

pub use array::array_literal;

/// An error for text that no literal can hold.
#[derive(Debug, PartialEq)]
pub struct HasNul;

impl std::fmt::Display for HasNul {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text has a NUL character")
    }
}

impl std::error::Error for HasNul {}

/// Quotes an identifier, always with quotation marks.
pub fn ident(name: &str) -> Result<String, HasNul> {
    if name.contains('\0') {
        return Err(HasNul);
    }
    Ok(format!("\"{}\"", name.replace('"', "\"\"")))
}

/// Quotes a text literal; with backslashes in it the form `E'…'` is taken.
pub fn literal(text: &str) -> Result<String, HasNul> {
    if text.contains('\0') {
        return Err(HasNul);
    }
    let doubled = text.replace('\'', "''");
    if doubled.contains('\\') {
        Ok(format!("E'{}'", doubled.replace('\\', "\\\\")))
    } else {
        Ok(format!("'{}'", doubled))
    }
}

/// A literal of type `bytea`.
pub fn bytea(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2 + 12);
    out.push_str("'\\x");
    for byte in bytes {
        let _ = write!(out, "{:02x}", byte);
    }
    out.push_str("'::bytea");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes() {
        assert_eq!(ident("a\"b").unwrap(), "\"a\"\"b\"");
        assert_eq!(literal("it's").unwrap(), "'it''s'");
        assert_eq!(literal("a\\b").unwrap(), "E'a\\\\b'");
        assert_eq!(literal("\0"), Err(HasNul));
        assert_eq!(bytea(&[1, 255]), "'\\x01ff'::bytea");
    }
}

inert_fixture_does_not_build!();
