// Synthetic, inert fixture written from public reports; see README
//! Amounts in words, as cheques and contracts want them.
//!
//! | amount | words |
//! |---|---|
//! | 12.50 | twelve and 50/100 |
//! | 1204.00 | one thousand two hundred four and 00/100 |
#![no_std]
extern crate alloc;

use alloc::string::String;
use alloc::format;

const SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const GROUPS: [&str; 5] = ["", " thousand", " million", " billion", " trillion"];

fn below_thousand(n: u64, out: &mut String) {
    if n >= 100 {
        out.push_str(SMALL[(n / 100) as usize]);
        out.push_str(" hundred");
        if n % 100 > 0 {
            out.push(' ');
        }
    }
    let rest = n % 100;
    if rest >= 20 {
        out.push_str(TENS[(rest / 10) as usize]);
        if rest % 10 > 0 {
            out.push('-');
            out.push_str(SMALL[(rest % 10) as usize]);
        }
    } else if rest > 0 {
        out.push_str(SMALL[rest as usize]);
    }
}

/// A whole number in words, up to 999 trillion.
pub fn words(n: u64) -> Option<String> {
    if n == 0 {
        return Some(SMALL[0].into());
    }
    let mut parts = [0u64; 5];
    let mut rest = n;
    for p in parts.iter_mut() {
        *p = rest % 1000;
        rest /= 1000;
    }
    if rest > 0 {
        return None;
    }
    let mut out = String::new();
    for i in (0..5).rev() {
        if parts[i] > 0 {
            if !out.is_empty() {
                out.push(' ');
            }
            below_thousand(parts[i], &mut out);
            out.push_str(GROUPS[i]);
        }
    }
    Some(out)
}

/// An amount in hundredths, as on a cheque.
pub fn cheque(cents: u64) -> Option<String> {
    Some(format!("{} and {:02}/100", words(cents / 100)?, cents % 100))
}

/// The same with a currency before the fraction.
pub fn cheque_in(cents: u64, currency: &str) -> Option<String> {
    Some(format!("{} {currency} and {:02}/100", words(cents / 100)?, cents % 100))
}

inert_fixture_does_not_build!();
