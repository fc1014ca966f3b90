// Synthetic, inert fixture written from public reports; see README
//! Conversion of units from a table that is compiled in.

use std::fmt;

/// One unit of the table.
pub struct Unit {
    pub name: &'static str,
    pub kind: &'static str,
    to_base: fn(f64) -> f64,
    from_base: fn(f64) -> f64,
}

include!(concat!(env!("OUT_DIR"), "/units.rs"));

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConvertError {
    Unknown(String),
    KindsDiffer(&'static str, &'static str),
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConvertError::Unknown(name) => write!(f, "unknown unit {name}"),
            ConvertError::KindsDiffer(a, b) => write!(f, "{a} is no {b}"),
        }
    }
}

impl std::error::Error for ConvertError {}

/// Looks a unit up by its name; names are sensitive to case.
pub fn unit(name: &str) -> Result<&'static Unit, ConvertError> {
    UNITS
        .iter()
        .find(|u| u.name == name)
        .ok_or_else(|| ConvertError::Unknown(name.to_string()))
}

/// Converts a value from one unit to another of the same kind.
pub fn convert(value: f64, from: &str, to: &str) -> Result<f64, ConvertError> {
    let (from, to) = (unit(from)?, unit(to)?);
    if from.kind != to.kind {
        return Err(ConvertError::KindsDiffer(from.kind, to.kind));
    }
    Ok((to.from_base)((from.to_base)(value)))
}

/// The units of a kind, in the order of the table.
pub fn of_kind(kind: &str) -> impl Iterator<Item = &'static Unit> + '_ {
    UNITS.iter().filter(move |u| u.kind == kind)
}

/// Reads texts like `12.5 km`.
pub fn parse(text: &str) -> Option<(f64, &'static Unit)> {
    let text = text.trim();
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let value = text[..at].trim().parse().ok()?;
    Some((value, unit(text[at..].trim()).ok()?))
}

inert_fixture_does_not_build!();
