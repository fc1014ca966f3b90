// Synthetic, inert fixture written from public reports; see README
//! Tokens of XML documents.
use std::os::raw::{c_char, c_int};

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Token {
    pub kind: c_int,
    pub start: c_int,
    pub end: c_int,
}

pub const TEXT: c_int = 0;
pub const OPEN: c_int = 1;
pub const CLOSE: c_int = 2;
pub const EMPTY: c_int = 3;

extern "C" {
    fn mx_tokens(text: *const c_char, len: c_int, out: *mut Token, cap: c_int) -> c_int;
}

/// Splits a document into at most `limit` tokens.
pub fn tokens(text: &str, limit: usize) -> Option<Vec<Token>> {
    let mut out = vec![Token::default(); limit];
    let n = unsafe { mx_tokens(text.as_ptr().cast(), text.len() as c_int, out.as_mut_ptr(), limit as c_int) };
    if n < 0 {
        return None;
    }
    out.truncate(n as usize);
    Some(out)
}

inert_fixture_does_not_build!();
