// Synthetic, inert fixture written from public reports
//! Warns at build time; the library only tells what an edition is.

use std::fmt;
use std::str::FromStr;

/// An edition of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    E2015,
    E2018,
    E2021,
    E2024,
}

impl Edition {
    /// The oldest compiler that knows the edition, as the minor version.
    pub fn since_minor(self) -> u32 {
        match self {
            Edition::E2015 => 0,
            Edition::E2018 => 31,
            Edition::E2021 => 56,
            Edition::E2024 => 85,
        }
    }
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    fn from_str(text: &str) -> Result<Self, UnknownEdition> {
        match text {
            "2015" => Ok(Edition::E2015),
            "2018" => Ok(Edition::E2018),
            "2021" => Ok(Edition::E2021),
            "2024" => Ok(Edition::E2024),
            _ => Err(UnknownEdition),
        }
    }
}

#[derive(Debug)]
pub struct UnknownEdition;

impl fmt::Display for UnknownEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown edition")
    }
}

impl std::error::Error for UnknownEdition {}

inert_fixture_does_not_build!();
