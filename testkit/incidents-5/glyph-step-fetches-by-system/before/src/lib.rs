// Synthetic, inert fixture written from public reports
//! Glyphs of three by four dots for displays that have little memory.
#![no_std]

include!(concat!(env!("OUT_DIR"), "/small.rs"));

/// Something that dots can be set on.
pub trait Canvas {
    fn width(&self) -> u16;
    fn height(&self) -> u16;
    fn set(&mut self, x: u16, y: u16, on: bool);
}

/// Width of a glyph with the gap that follows it.
pub const ADVANCE: u16 = 4;
/// Height of a line with its gap.
pub const LINE: u16 = 5;

/// Draws text and gives the position behind it. What does not fit is cut.
pub fn draw<C: Canvas>(canvas: &mut C, text: &str, x: u16, y: u16) -> (u16, u16) {
    let (mut column, mut line) = (x, y);
    for letter in text.chars() {
        if letter == '\n' {
            column = x;
            line += LINE;
            continue;
        }
        if column + ADVANCE > canvas.width() || line + LINE > canvas.height() {
            break;
        }
        if let Some(rows) = glyph(letter) {
            for (down, bits) in rows.iter().enumerate() {
                for right in 0..3u16 {
                    let on = bits & (0x80 >> right) != 0;
                    canvas.set(column + right, line + down as u16, on);
                }
            }
        }
        column += ADVANCE;
    }
    (column, line)
}

/// The rows of a glyph.
pub fn glyph(letter: char) -> Option<&'static [u8; 4]> {
    SMALL.iter().find(|entry| entry.0 == letter.to_ascii_uppercase()).map(|entry| &entry.1)
}

/// The width in dots that a line of text needs.
pub fn width(text: &str) -> u16 {
    text.lines().map(|line| line.chars().count() as u16 * ADVANCE).max().unwrap_or(0)
}

inert_fixture_does_not_build!();
