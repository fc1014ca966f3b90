// Synthetic, inert fixture written from public reports
//! The width of text in the cells of a terminal.

mod widths {
    include!(concat!(env!("OUT_DIR"), "/widths.rs"));
}

/// The cells of one character.
pub fn char_cells(c: char) -> usize {
    let cp = c as u32;
    if cp < 0x20 || (0x7F..0xA0).contains(&cp) || (0x300..0x370).contains(&cp) || cp == 0x200D {
        return 0;
    }
    let table = widths::WIDE;
    let found = table.binary_search_by(|&(a, b)| {
        if cp < a {
            std::cmp::Ordering::Greater
        } else if cp > b {
            std::cmp::Ordering::Less
        } else {
            std::cmp::Ordering::Equal
        }
    });
    if found.is_ok() {
        2
    } else {
        1
    }
}

/// The cells of a text.
pub fn cells(text: &str) -> usize {
    text.chars().map(char_cells).sum()
}

/// Cuts a text so that it takes no more than `max` cells.
pub fn cut(text: &str, max: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_cells(c);
        if used > max {
            return &text[..at];
        }
    }
    text
}

inert_fixture_does_not_build!();
