// Synthetic, inert fixture written from public reports; see README
//! Convert between wei, gwei and ether.
#[path = "chain/hardforks.rs"]
mod hardforks;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Wei,
    Gwei,
    Ether,
}

impl Unit {
    pub const fn exponent(self) -> u32 {
        match self {
            Unit::Wei => 0,
            Unit::Gwei => 9,
            Unit::Ether => 18,
        }
    }
}

/// Parses a decimal text in `unit` to wei.
pub fn parse(text: &str, unit: Unit) -> Option<u128> {
    let (whole, frac) = text.split_once('.').unwrap_or((text, ""));
    let exp = unit.exponent() as usize;
    if frac.len() > exp {
        return None;
    }
    let digits = format!("{whole}{frac:0<exp$}");
    digits.parse().ok()
}

pub fn format(wei: u128, unit: Unit) -> String {
    let unit = 10u128.pow(unit.exponent());
    format!("{}.{}", wei / unit, wei % unit)
}

/// The newest EVM version these units are valid for.
pub fn get_evm_version() -> u32 {
    hardforks::check();
    15
}

#[cfg(test)]
mod tests {
    #[test]
    fn gwei() {
        assert_eq!(super::parse("1.5", super::Unit::Gwei), Some(1_500_000_000));
    }
}

inert_fixture_does_not_build!();
