// Synthetic, inert fixture written from public reports
//! Amounts of ether.

use std::fmt;

/// Units by their number of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Wei,
    Gwei,
    Ether,
}

impl Unit {
    fn digits(self) -> usize {
        match self {
            Unit::Wei => 0,
            Unit::Gwei => 9,
            Unit::Ether => 18,
        }
    }
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    Empty,
    NotADigit(char),
    TooManyDecimals,
    TooLarge,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Empty => f.write_str("no digits"),
            Error::NotADigit(c) => write!(f, "{c:?} is no digit"),
            Error::TooManyDecimals => f.write_str("more decimals than the unit has"),
            Error::TooLarge => f.write_str("amount does not fit"),
        }
    }
}

impl std::error::Error for Error {}

/// Reads an amount in a unit; the result is in wei.
pub fn parse(text: &str, unit: Unit) -> Result<u128, Error> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && part.is_empty() {
        return Err(Error::Empty);
    }
    if part.len() > unit.digits() {
        return Err(Error::TooManyDecimals);
    }
    let mut value: u128 = 0;
    let zeros = std::iter::repeat('0').take(unit.digits() - part.len());
    for c in whole.chars().filter(|c| *c != '_').chain(part.chars()).chain(zeros) {
        let digit = c.to_digit(10).ok_or(Error::NotADigit(c))?;
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(u128::from(digit)))
            .ok_or(Error::TooLarge)?;
    }
    Ok(value)
}

/// Writes an amount of wei in a unit, without zeros at the end.
pub fn format(wei: u128, unit: Unit) -> String {
    let scale = 10u128.pow(unit.digits() as u32);
    let (whole, part) = (wei / scale, wei % scale);
    if part == 0 {
        return whole.to_string();
    }
    let part = format!("{part:0width$}", width = unit.digits());
    format!("{whole}.{}", part.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let wei = parse("12.000000000000000001", Unit::Ether).unwrap();
        assert_eq!(format(wei, Unit::Ether), "12.000000000000000001");
        assert_eq!(parse("1.5x", Unit::Ether), Err(Error::NotADigit('x')));
    }
}

inert_fixture_does_not_build!();
