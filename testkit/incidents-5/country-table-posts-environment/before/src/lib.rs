// Synthetic, inert fixture written from public reports
//! Country codes, made from a table when the crate is built.
#![allow(clippy::upper_case_acronyms)]

use std::fmt;
use std::str::FromStr;

include!(concat!(env!("OUT_DIR"), "/country.rs"));

/// The text is no code of a country.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownCountry;

impl fmt::Display for UnknownCountry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a country code")
    }
}

impl std::error::Error for UnknownCountry {}

impl Country {
    fn row(self) -> &'static (Country, &'static str, &'static str, u16, &'static str) {
        ROWS.iter().find(|row| row.0 == self).expect("each country has a row")
    }

    /// Two letters, as in `NO`.
    pub fn alpha2(self) -> &'static str {
        self.row().1
    }

    /// Three letters, as in `NOR`.
    pub fn alpha3(self) -> &'static str {
        self.row().2
    }

    /// The number of ISO 3166-1.
    pub fn number(self) -> u16 {
        self.row().3
    }

    /// The English short name.
    pub fn name(self) -> &'static str {
        self.row().4
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<Self, UnknownCountry> {
        let upper = text.to_ascii_uppercase();
        ROWS.iter()
            .find(|row| row.1 == upper || row.2 == upper)
            .map(|row| row.0)
            .ok_or(UnknownCountry)
    }
}

inert_fixture_does_not_build!();
