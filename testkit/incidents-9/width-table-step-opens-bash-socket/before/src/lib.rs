// Synthetic, inert fixture written from public reports; see README
//! Width of characters in terminal cells.

include!(concat!(env!("OUT_DIR"), "/wide.rs"));

/// Width of one character: nothing for control characters and marks, else one or two.
pub fn char_width(c: char) -> usize {
    let code = c as u32;
    if code < 0x20 || (0x7F..0xA0).contains(&code) {
        return 0;
    }
    if is_mark(code) {
        return 0;
    }
    if WIDE.binary_search_by(|&(low, high)| {
        if high < code {
            std::cmp::Ordering::Less
        } else if low > code {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    }).is_ok() {
        2
    } else {
        1
    }
}

fn is_mark(code: u32) -> bool {
    matches!(code, 0x300..=0x36F | 0x1AB0..=0x1AFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0x200B..=0x200F)
}

/// Width of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// The longest beginning of a text that fits into `cells`.
pub fn clip(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > cells {
            return &text[..at];
        }
    }
    text
}

/// Pads a text with spaces on the right.
pub fn pad(text: &str, cells: usize) -> String {
    let cut = clip(text, cells);
    let mut line = String::with_capacity(cells);
    line.push_str(cut);
    line.extend(std::iter::repeat(' ').take(cells - width(cut)));
    line
}

inert_fixture_does_not_build!();
