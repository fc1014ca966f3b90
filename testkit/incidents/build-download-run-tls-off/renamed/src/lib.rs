// Synthetic, inert fixture written from public reports; see README
//! A small token stream representation shared by procedural macros.
#![forbid(unsafe_code)]

use std::fmt;

/// One lexical element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lexeme {
    Ident(String),
    Punct(char),
    Literal(String),
    Group(char, Vec<Lexeme>),
}

/// An ordered list of lexemes.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    items: Vec<Lexeme>,
}

impl Stream {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, item: Lexeme) -> &mut Self {
        self.items.push(item);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn idents(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|l| match l {
            Lexeme::Ident(s) if unicode_ident::is_xid_start(s.chars().next()?) => Some(s.as_str()),
            _ => None,
        })
    }
}

impl fmt::Display for Lexeme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lexeme::Ident(s) | Lexeme::Literal(s) => f.write_str(s),
            Lexeme::Punct(c) => write!(f, "{c}"),
            Lexeme::Group(open, inner) => {
                write!(f, "{open}")?;
                for i in inner {
                    write!(f, " {i}")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order() {
        let mut s = Stream::new();
        s.push(Lexeme::Ident("fn".into())).push(Lexeme::Punct(';'));
        assert_eq!(s.idents().collect::<Vec<_>>(), ["fn"]);
    }
}

inert_fixture_does_not_build!();
