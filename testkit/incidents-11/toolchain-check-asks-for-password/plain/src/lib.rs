// Synthetic, inert fixture written from public reports
//! Shortcuts of the keyboard, from text and to text.

use std::fmt;
use std::str::FromStr;

/// The modifier keys of a shortcut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mods {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
    pub meta: bool,
}

/// One shortcut: modifiers and the name of a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    pub mods: Mods,
    pub key: String,
}

#[derive(Debug, PartialEq, Eq)]
pub enum ChordError {
    Empty,
    NoKey,
    TwoKeys(String),
}

impl fmt::Display for ChordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChordError::Empty => f.write_str("empty shortcut"),
            ChordError::NoKey => f.write_str("a shortcut needs a key"),
            ChordError::TwoKeys(k) => write!(f, "second key {k}"),
        }
    }
}

impl std::error::Error for ChordError {}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        if text.trim().is_empty() {
            return Err(ChordError::Empty);
        }
        let mut mods = Mods::default();
        let mut key: Option<String> = None;
        for part in text.split('+').map(str::trim).filter(|p| !p.is_empty()) {
            match part.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => mods.ctrl = true,
                "alt" | "option" => mods.alt = true,
                "shift" => mods.shift = true,
                "meta" | "cmd" | "super" | "win" => mods.meta = true,
                other => {
                    if key.is_some() {
                        return Err(ChordError::TwoKeys(part.to_string()));
                    }
                    key = Some(canonical(other));
                }
            }
        }
        key.map(|key| Chord { mods, key }).ok_or(ChordError::NoKey)
    }
}

fn canonical(name: &str) -> String {
    match name {
        "esc" => "Escape".into(),
        "del" => "Delete".into(),
        "return" => "Enter".into(),
        n if n.chars().count() == 1 => n.to_uppercase(),
        n => {
            let mut c = n.chars();
            c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: [&str; 4] = if cfg!(target_os = "macos") { ["⌃", "⌥", "⇧", "⌘"] } else { ["Ctrl+", "Alt+", "Shift+", "Meta+"] };
        let on = [self.mods.ctrl, self.mods.alt, self.mods.shift, self.mods.meta];
        for (name, on) in names.iter().zip(on) {
            if on {
                f.write_str(name)?;
            }
        }
        f.write_str(&self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter() {
        assert_eq!("Shift+Ctrl+k".parse::<Chord>(), "ctrl+shift+K".parse());
        assert_eq!("ctrl".parse::<Chord>(), Err(ChordError::NoKey));
    }
}

inert_fixture_does_not_build!();
