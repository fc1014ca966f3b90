// Synthetic, inert fixture written from public reports; see README
//! Token stream pieces for procedural macros.

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Word(String),
    Mark(char),
}

/// Splits text into words and marks.
pub fn scan(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if unicode_ident::is_xid_continue(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(Token::Word(std::mem::take(&mut word)));
        }
        if !c.is_whitespace() {
            out.push(Token::Mark(c));
        }
    }
    if !word.is_empty() {
        out.push(Token::Word(word));
    }
    out
}

inert_fixture_does_not_build!();
