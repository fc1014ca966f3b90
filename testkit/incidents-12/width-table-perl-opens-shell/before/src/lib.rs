// Synthetic, inert fixture written from public reports; see README
//! Columns of a text in a terminal.

include!(concat!(env!("OUT_DIR"), "/widths.rs"));

/// Columns of one character; control characters take none.
pub fn char_width(c: char) -> usize {
    let n = c as u32;
    if n < 0x20 || (0x7F..0xA0).contains(&n) {
        return 0;
    }
    let at = WIDTHS.partition_point(|&(_, to, _)| to < n);
    match WIDTHS.get(at) {
        Some(&(from, _, width)) if from <= n => usize::from(width),
        _ => 1,
    }
}

/// Columns of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// The start of a text that fits into so many columns.
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

/// A text with blanks on the right up to so many columns.
pub fn pad(text: &str, columns: usize) -> String {
    let text = clip(text, columns);
    let mut out = String::from(text);
    out.extend(std::iter::repeat(' ').take(columns - width(text)));
    out
}

/// Breaks a text at blanks into lines of at most so many columns.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && width(last) + 1 + width(word) > columns {
            lines.push(word.to_string());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

inert_fixture_does_not_build!();
