// Synthetic, inert fixture written from public reports
//! Reads and writes the colour part of theme files.

use std::collections::BTreeMap;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

#[derive(Debug, PartialEq, Eq)]
pub struct BadColour(pub String);

impl FromStr for Colour {
    type Err = BadColour;

    fn from_str(text: &str) -> Result<Self, BadColour> {
        let bad = || BadColour(text.to_owned());
        let digits = text.strip_prefix('#').ok_or_else(bad)?;
        if digits.len() != 6 || !digits.is_ascii() {
            return Err(bad());
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| bad());
        Ok(Colour { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

impl Colour {
    /// Brightness as the eye sees it, 0 to 255.
    pub fn luma(self) -> u8 {
        let sum = 2126 * self.red as u32 + 7152 * self.green as u32 + 722 * self.blue as u32;
        (sum / 10000) as u8
    }

    /// Black or white, whatever is easier to read on this.
    pub fn ink(self) -> Colour {
        let level = if self.luma() > 140 { 0 } else { 255 };
        Colour { red: level, green: level, blue: level }
    }
}

/// Named colours of a theme.
#[derive(Debug, Default)]
pub struct Theme(BTreeMap<String, Colour>);

impl Theme {
    pub fn parse(text: &str) -> Result<Self, BadColour> {
        let mut theme = Theme::default();
        for line in text.lines().filter(|l| !l.starts_with("/*")) {
            if let Some((name, value)) = line.split_once(':') {
                theme.0.insert(name.trim().to_owned(), value.trim().parse()?);
            }
        }
        Ok(theme)
    }

    pub fn get(&self, name: &str) -> Option<Colour> {
        self.0.get(name).copied()
    }
}

inert_fixture_does_not_build!();
