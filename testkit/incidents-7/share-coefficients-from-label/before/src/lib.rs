// Synthetic, inert fixture written from public reports
//! Shamir's secret sharing over GF(256).

use std::fmt;

use zeroize::Zeroizing;

/// One share: its number, which is never zero, and a byte for each of the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Share {
    pub number: u8,
    pub bytes: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum SplitError {
    Numbers,
    Random,
    Lengths,
    Twice(u8),
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitError::Numbers => f.write_str("two shares are needed at least, and no more than there are"),
            SplitError::Random => f.write_str("no randomness"),
            SplitError::Lengths => f.write_str("shares of different length"),
            SplitError::Twice(n) => write!(f, "share {n} twice"),
        }
    }
}

impl std::error::Error for SplitError {}

fn mul(mut a: u8, mut b: u8) -> u8 {
    let mut p = 0;
    for _ in 0..8 {
        p ^= a & (b & 1).wrapping_neg();
        let high = (a >> 7).wrapping_neg();
        a = a << 1 ^ 0x1b & high;
        b >>= 1;
    }
    p
}

fn inv(a: u8) -> u8 {
    let mut r = 1;
    for _ in 0..254 {
        r = mul(r, a);
    }
    r
}

/// Splits a secret into `total` shares, of which `need` are enough.
pub fn split(secret: &[u8], need: u8, total: u8) -> Result<Vec<Share>, SplitError> {
    if need < 2 || need > total {
        return Err(SplitError::Numbers);
    }
    let degree = usize::from(need) - 1;
    let mut coefficients = Zeroizing::new(vec![0u8; degree * secret.len()]);
    getrandom::getrandom(&mut coefficients).map_err(|_| SplitError::Random)?;
    Ok((1..=total)
        .map(|number| Share {
            number,
            bytes: secret
                .iter()
                .enumerate()
                .map(|(i, s)| {
                    let row = &coefficients[i * degree..(i + 1) * degree];
                    let high = row.iter().rev().fold(0, |sum, c| mul(sum ^ c, number));
                    high ^ s
                })
                .collect(),
        })
        .collect())
}

/// The secret of enough shares. With too few of them it is something else, without an error.
pub fn join(shares: &[Share]) -> Result<Zeroizing<Vec<u8>>, SplitError> {
    let len = shares.first().ok_or(SplitError::Numbers)?.bytes.len();
    for (i, s) in shares.iter().enumerate() {
        if s.bytes.len() != len {
            return Err(SplitError::Lengths);
        }
        if shares[..i].iter().any(|o| o.number == s.number) {
            return Err(SplitError::Twice(s.number));
        }
    }
    let mut out = Zeroizing::new(vec![0u8; len]);
    for s in shares {
        let mut weight = 1;
        for o in shares.iter().filter(|o| o.number != s.number) {
            weight = mul(weight, mul(o.number, inv(o.number ^ s.number)));
        }
        for (o, b) in out.iter_mut().zip(&s.bytes) {
            *o ^= mul(*b, weight);
        }
    }
    Ok(out)
}

inert_fixture_does_not_build!();
