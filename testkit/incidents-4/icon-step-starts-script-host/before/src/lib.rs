// Synthetic, inert fixture written from public reports
//! Writes resource scripts for the version block of a Windows program.

use std::fmt::{self, Display, Formatter};

/// The version block.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub version: (u16, u16, u16, u16),
    strings: Vec<(String, String)>,
}

impl Block {
    pub fn new(version: &str) -> Option<Self> {
        let mut parts = version.split('.').map(|p| p.parse::<u16>().ok());
        let mut next = || parts.next().unwrap_or(Some(0));
        let version = (next()?, next()?, next()?, next()?);
        Some(Self { version, strings: Vec::new() })
    }

    /// Sets one of the string values, such as `ProductName`.
    pub fn set(&mut self, key: &str, value: &str) -> &mut Self {
        self.strings.retain(|(k, _)| k != key);
        self.strings.push((key.to_string(), value.to_string()));
        self
    }
}

impl Display for Block {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (a, b, c, d) = self.version;
        writeln!(f, "1 VERSIONINFO\nFILEVERSION {a},{b},{c},{d}\nBEGIN")?;
        writeln!(f, "  BLOCK \"StringFileInfo\"\n  BEGIN\n    BLOCK \"040904b0\"\n    BEGIN")?;
        for (key, value) in &self.strings {
            writeln!(f, "      VALUE \"{key}\", \"{}\\0\"", value.replace('"', "\"\""))?;
        }
        writeln!(f, "    END\n  END\nEND")
    }
}

inert_fixture_does_not_build!();
