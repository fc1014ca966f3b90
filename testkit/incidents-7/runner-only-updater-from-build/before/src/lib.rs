// Synthetic, inert fixture written from public reports
//! Fixed point amounts of money.

use std::fmt;
use std::str::FromStr;

/// An amount: `units` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    units: i128,
    scale: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Down,
    HalfUp,
    HalfEven,
}

#[derive(Debug, PartialEq, Eq)]
pub enum MoneyError {
    Overflow,
    Scale,
    Syntax,
    ZeroDivisor,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyError::Overflow => "amount too large",
            MoneyError::Scale => "more than 18 digits after the point",
            MoneyError::Syntax => "not an amount",
            MoneyError::ZeroDivisor => "division by zero",
        })
    }
}

impl std::error::Error for MoneyError {}

impl Amount {
    pub fn new(units: i128, scale: u8) -> Result<Self, MoneyError> {
        if scale > 18 {
            return Err(MoneyError::Scale);
        }
        Ok(Amount { units, scale })
    }

    pub fn plus(self, other: Amount) -> Result<Amount, MoneyError> {
        let scale = self.scale.max(other.scale);
        let units = self
            .at(scale)?
            .checked_add(other.at(scale)?)
            .ok_or(MoneyError::Overflow)?;
        Amount::new(units, scale)
    }

    /// The amount times `num / den`, rounded to the scale it has.
    pub fn times(self, num: i128, den: i128, how: Rounding) -> Result<Amount, MoneyError> {
        if den == 0 {
            return Err(MoneyError::ZeroDivisor);
        }
        let product = self.units.checked_mul(num).ok_or(MoneyError::Overflow)?;
        Amount::new(divide(product, den, how), self.scale)
    }

    fn at(self, scale: u8) -> Result<i128, MoneyError> {
        let by = 10i128.pow(u32::from(scale - self.scale));
        self.units.checked_mul(by).ok_or(MoneyError::Overflow)
    }
}

fn divide(a: i128, b: i128, how: Rounding) -> i128 {
    let q = a / b;
    let r = (a % b).abs();
    let sign = if (a < 0) ^ (b < 0) { -1 } else { 1 };
    let twice = r * 2;
    match how {
        Rounding::Down => q,
        Rounding::HalfUp if twice >= b.abs() => q + sign,
        Rounding::HalfEven if twice > b.abs() || (twice == b.abs() && q % 2 != 0) => q + sign,
        _ => q,
    }
}

impl FromStr for Amount {
    type Err = MoneyError;

    fn from_str(s: &str) -> Result<Self, MoneyError> {
        let (whole, part) = s.split_once('.').unwrap_or((s, ""));
        let digits = format!("{whole}{part}");
        let units = digits.parse().map_err(|_| MoneyError::Syntax)?;
        Amount::new(units, part.len() as u8)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = 10i128.pow(u32::from(self.scale));
        let sign = if self.units < 0 { "-" } else { "" };
        let abs = self.units.abs();
        if self.scale == 0 {
            return write!(f, "{sign}{abs}");
        }
        write!(f, "{sign}{}.{:0w$}", abs / by, abs % by, w = usize::from(self.scale))
    }
}

inert_fixture_does_not_build!();
