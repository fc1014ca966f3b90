// Synthetic, inert fixture written from public reports; see README
//! Width and class of characters.

static RANGES: &[(u32, u32)] = include!("wide.in");
static CLASSES: &[u8] = include_bytes!("classes.bin");

/// Folding of the Latin block, one byte a character.
static FOLD: [u8; 64] = [
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10,
    0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21,
    0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32,
    0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f,
];

/// Columns a character takes in a terminal.
pub fn width(c: char) -> usize {
    let n = c as u32;
    let wide = RANGES.binary_search_by(|(lo, hi)| {
        if *hi < n {
            std::cmp::Ordering::Less
        } else if *lo > n {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    });
    1 + usize::from(wide.is_ok())
}

pub fn class(c: char) -> Option<u8> {
    CLASSES.get(c as usize).copied()
}

pub fn fold(b: u8) -> u8 {
    FOLD.get(b as usize).copied().unwrap_or(b)
}

/// XOR of each byte, used to compare tables without case.
pub fn toggle_case(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphabetic() {
                (b ^ 0x20) as char
            } else {
                b as char
            }
        })
        .collect()
}

inert_fixture_does_not_build!();
