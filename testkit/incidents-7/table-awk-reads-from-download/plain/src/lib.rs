// Synthetic, inert fixture written from public reports
//! Weights of isotopes.
//!
//! ```
//! assert!(isoweights::formula("C6H12O6").unwrap() > 180.0);
//! ```

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The weight of one isotope.
pub fn isotope(symbol: &str, nucleons: u16) -> Option<f64> {
    TABLE.iter().find(|(s, n, _)| *s == symbol && *n == nucleons).map(|t| t.2)
}

/// The weight of the first, most common isotope of an element.
pub fn common(symbol: &str) -> Option<f64> {
    TABLE.iter().find(|(s, _, _)| *s == symbol).map(|t| t.2)
}

#[derive(Debug, PartialEq)]
pub enum FormulaError {
    Syntax(usize),
    Unknown(String),
}

/// The monoisotopic weight of a formula without brackets.
pub fn formula(text: &str) -> Result<f64, FormulaError> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut sum = 0.0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_uppercase() {
            return Err(FormulaError::Syntax(at));
        }
        let mut end = at + 1;
        while end < bytes.len() && bytes[end].is_ascii_lowercase() {
            end += 1;
        }
        let symbol = &text[at..end];
        let mut stop = end;
        while stop < bytes.len() && bytes[stop].is_ascii_digit() {
            stop += 1;
        }
        let count: u32 = if stop == end {
            1
        } else {
            text[end..stop].parse().map_err(|_| FormulaError::Syntax(end))?
        };
        let weight = common(symbol).ok_or_else(|| FormulaError::Unknown(symbol.into()))?;
        sum += weight * f64::from(count);
        at = stop;
    }
    Ok(sum)
}

/// How far a measured weight is off, in parts per million.
pub fn ppm(measured: f64, exact: f64) -> f64 {
    (measured - exact) / exact * 1e6
}

inert_fixture_does_not_build!();
