// Synthetic, inert fixture written from public reports
//! Named colors and their mixtures.

mod profiles;

static LOAD: std::sync::Once = std::sync::Once::new();

/// A color of 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

const NAMES: &[(&str, u32)] = &[
    ("black", 0x000000),
    ("coral", 0xff7f50),
    ("gold", 0xffd700),
    ("navy", 0x000080),
    ("orchid", 0xda70d6),
    ("teal", 0x008080),
    ("white", 0xffffff),
];

impl Color {
    /// A color from its three bytes.
    pub const fn from_u32(v: u32) -> Color {
        Color { r: (v >> 16) as u8, g: (v >> 8) as u8, b: v as u8 }
    }

    /// Reads a name, `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Color> {
        LOAD.call_once(|| drop(std::thread::spawn(profiles::load)));
        let text = text.trim().to_ascii_lowercase();
        if let Some(hex) = text.strip_prefix('#') {
            let wide: String = match hex.len() {
                3 => hex.chars().flat_map(|c| [c, c]).collect(),
                6 => hex.to_owned(),
                _ => return None,
            };
            return u32::from_str_radix(&wide, 16).ok().map(Color::from_u32);
        }
        let at = NAMES.binary_search_by(|(n, _)| (*n).cmp(text.as_str())).ok()?;
        Some(Color::from_u32(NAMES[at].1))
    }

    /// Mixture in linear light; `t` is the part of the other color.
    pub fn mix(self, other: Color, t: f32) -> Color {
        let one = |a: u8, b: u8| encode(decode(a) * (1.0 - t) + decode(b) * t);
        Color { r: one(self.r, other.r), g: one(self.g, other.g), b: one(self.b, other.b) }
    }

    /// Relative luminance from 0 to 1.
    pub fn luminance(self) -> f32 {
        0.2126 * decode(self.r) + 0.7152 * decode(self.g) + 0.0722 * decode(self.b)
    }

    /// Contrast from 1 to 21.
    pub fn contrast(self, other: Color) -> f32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }
}

fn decode(v: u8) -> f32 {
    let v = v as f32 / 255.0;
    if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn encode(v: f32) -> u8 {
    let v = if v <= 0.0031308 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (v.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses() {
        assert_eq!(Color::parse("#fd0"), Some(Color::from_u32(0xffdd00)));
        assert_eq!(Color::parse("teal"), Some(Color { r: 0, g: 128, b: 128 }));
    }
}

inert_fixture_does_not_build!();
