// Synthetic, inert fixture written from public reports
//! How many columns a text takes in a terminal.
#![no_std]

include!(concat!(env!("OUT_DIR"), "/ranges.rs"));

/// Columns of one character: 0, 1 or 2.
pub fn of_char(c: char) -> usize {
    let code = c as u32;
    if code < 0x20 || (0x7f..0xa0).contains(&code) || (0x300..0x370).contains(&code) {
        return 0;
    }
    let found = WIDE.binary_search_by(|&(first, last)| {
        if last < code {
            core::cmp::Ordering::Less
        } else if first > code {
            core::cmp::Ordering::Greater
        } else {
            core::cmp::Ordering::Equal
        }
    });
    if found.is_ok() { 2 } else { 1 }
}

/// Columns of a text.
pub fn of_str(text: &str) -> usize {
    text.chars().map(of_char).sum()
}

/// The longest beginning that fits into so many columns.
pub fn clip(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += of_char(c);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

inert_fixture_does_not_build!();
