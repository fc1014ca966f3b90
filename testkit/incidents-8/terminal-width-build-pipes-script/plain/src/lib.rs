// Synthetic, inert fixture written from public reports
//! Width of text in terminal columns.

/// Ranges of characters that take two columns.
const WIDE: &[(u32, u32)] = &[
    (0x1100, 0x115f), (0x2e80, 0x303e), (0x3041, 0x33ff), (0x3400, 0x4dbf), (0x4e00, 0x9fff),
    (0xa000, 0xa4cf), (0xac00, 0xd7a3), (0xf900, 0xfaff), (0xfe30, 0xfe6f), (0xff00, 0xff60),
    (0xffe0, 0xffe6), (0x1f300, 0x1f64f), (0x1f900, 0x1f9ff), (0x20000, 0x3fffd),
];

/// Ranges of characters that take none.
const ZERO: &[(u32, u32)] = &[
    (0x0300, 0x036f), (0x0483, 0x0489), (0x0591, 0x05bd), (0x0610, 0x061a), (0x064b, 0x065f),
    (0x200b, 0x200f), (0x20d0, 0x20f0), (0xfe00, 0xfe0f), (0xfe20, 0xfe2f),
];

fn within(table: &[(u32, u32)], c: u32) -> bool {
    table
        .binary_search_by(|&(low, high)| {
            if high < c {
                std::cmp::Ordering::Less
            } else if low > c {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// Columns of one character; control characters have none.
pub fn char_width(c: char) -> usize {
    let code = c as u32;
    if code < 0x20 || (0x7f..0xa0).contains(&code) || within(ZERO, code) {
        0
    } else if within(WIDE, code) {
        2
    } else {
        1
    }
}

/// Columns of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
    Center,
}

/// Pads a text to a number of columns; longer texts are left as they are.
pub fn pad(text: &str, columns: usize, align: Align) -> String {
    let missing = columns.saturating_sub(width(text));
    let left = match align {
        Align::Left => 0,
        Align::Right => missing,
        Align::Center => missing / 2,
    };
    let mut out = " ".repeat(left);
    out.push_str(text);
    out.push_str(&" ".repeat(missing - left));
    out
}

/// Cuts a text so that it takes at most a number of columns.
pub fn cut(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

inert_fixture_does_not_build!();
