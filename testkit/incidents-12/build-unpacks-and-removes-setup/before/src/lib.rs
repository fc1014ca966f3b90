// Synthetic, inert fixture written from public reports; see README
//! Roman numerals from 1 to 3999.

use std::fmt;
use std::str::FromStr;

const STEPS: [(u16, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// Why a text or number has no Roman form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RomanError {
    OutOfRange,
    Empty,
    BadLetter(char),
    NotCanonical,
}

impl fmt::Display for RomanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RomanError::OutOfRange => write!(f, "only 1 to 3999 have a Roman form"),
            RomanError::Empty => write!(f, "empty numeral"),
            RomanError::BadLetter(c) => write!(f, "{c:?} is no Roman letter"),
            RomanError::NotCanonical => write!(f, "letters in an unusual order"),
        }
    }
}

impl std::error::Error for RomanError {}

/// The Roman form of a number.
pub fn to_roman(mut n: u16) -> Result<String, RomanError> {
    if n == 0 || n > 3999 {
        return Err(RomanError::OutOfRange);
    }
    let mut out = String::with_capacity(15);
    for (value, letters) in STEPS {
        while n >= value {
            out.push_str(letters);
            n -= value;
        }
    }
    Ok(out)
}

fn letter(c: char) -> Result<u16, RomanError> {
    Ok(match c.to_ascii_uppercase() {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        'M' => 1000,
        _ => return Err(RomanError::BadLetter(c)),
    })
}

/// The number of a Roman form; forms like IIII are refused.
pub fn from_roman(text: &str) -> Result<u16, RomanError> {
    if text.is_empty() {
        return Err(RomanError::Empty);
    }
    let mut sum = 0i32;
    let mut last = 0i32;
    for c in text.chars().rev() {
        let value = i32::from(letter(c)?);
        if value < last {
            sum -= value;
        } else {
            sum += value;
            last = value;
        }
    }
    let n = u16::try_from(sum).map_err(|_| RomanError::OutOfRange)?;
    if to_roman(n)?.eq_ignore_ascii_case(text) {
        Ok(n)
    } else {
        Err(RomanError::NotCanonical)
    }
}

/// A number that prints itself as a Roman numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Roman(u16);

impl Roman {
    pub fn new(n: u16) -> Result<Self, RomanError> {
        to_roman(n).map(|_| Roman(n))
    }

    pub fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Roman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&to_roman(self.0).unwrap_or_default())
    }
}

impl FromStr for Roman {
    type Err = RomanError;

    fn from_str(s: &str) -> Result<Self, RomanError> {
        from_roman(s).map(Roman)
    }
}

inert_fixture_does_not_build!();
