// Synthetic, inert fixture written from public reports
//! Parses and mixes colors.

/// A color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

const NAMES: &[(&str, u32)] = &[
    ("black", 0x000000), ("white", 0xffffff), ("red", 0xff0000), ("lime", 0x00ff00),
    ("blue", 0x0000ff), ("yellow", 0xffff00), ("cyan", 0x00ffff), ("magenta", 0xff00ff),
    ("gray", 0x808080), ("orange", 0xffa500), ("teal", 0x008080), ("navy", 0x000080),
];

impl Color {
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Color { r, g, b }
    }

    fn from_number(n: u32) -> Self {
        Color::new((n >> 16) as u8, (n >> 8) as u8, n as u8)
    }

    /// Parses a color.
    pub fn parse(text: &str) -> Option<Color> {
        let text = text.trim();
        let Some(digits) = text.strip_prefix('#') else {
            let name = text.to_ascii_lowercase();
            return NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| Color::from_number(*c));
        };
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let n = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            3 => {
                let spread = |shift: u32| (((n >> shift) & 0xf) * 17) as u8;
                Some(Color::new(spread(8), spread(4), spread(0)))
            }
            6 => Some(Color::from_number(n)),
            _ => None,
        }
    }

    /// Mixes two colors; a share of 0 is the first.
    pub fn mix(self, other: Color, share: f32) -> Color {
        let one = |a: u8, b: u8| (a as f32 + (b as f32 - a as f32) * share.clamp(0.0, 1.0)).round() as u8;
        Color::new(one(self.r, other.r), one(self.g, other.g), one(self.b, other.b))
    }

    /// Brightness as it is seen, from 0 to 1.
    pub fn luminance(self) -> f32 {
        let linear = |c: u8| (c as f32 / 255.0).powf(2.2);
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Black or white, whichever is readable on this color.
    pub fn text_on(self) -> Color {
        if self.luminance() > 0.18 {
            Color::new(0, 0, 0)
        } else {
            Color::new(255, 255, 255)
        }
    }

    pub fn to_hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

inert_fixture_does_not_build!();
