// Synthetic, inert fixture written from public reports
//! Width of text in terminal cells.

#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/ranges.rs"));

/// Columns of one character. Control characters take none.
pub fn char_width(c: char) -> usize {
    if c.is_control() {
        return 0;
    }
    let code = c as u32;
    match RANGES.binary_search_by(|&(first, last, _)| {
        if last < code {
            std::cmp::Ordering::Less
        } else if first > code {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    }) {
        Ok(at) => RANGES[at].2 as usize,
        Err(_) => 1,
    }
}

/// Columns of a string.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Cuts a string so that it takes at most `columns`.
pub fn clip(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("漢字"), 4);
        assert_eq!(clip("漢字", 3), "漢");
    }
}

inert_fixture_does_not_build!();
