// Synthetic, inert fixture written from public reports; see README
//! Classes of characters.
#![no_std]

/// A class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Space,
    Digit,
    Letter,
    Other,
}

include!(concat!(env!("OUT_DIR"), "/classes.rs"));

/// The class of a character.
pub fn class(c: char) -> Class {
    let code = c as u32;
    match CLASSES.get(CLASSES.partition_point(|r| r.1 < code)) {
        Some(&(low, _, class)) if low <= code => class,
        _ => Class::Other,
    }
}

/// Splits a text where the class changes.
pub fn runs(text: &str) -> impl Iterator<Item = (Class, &str)> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let first = class(rest.chars().next()?);
        let end = rest.find(|c| class(c) != first).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        Some((first, run))
    })
}

inert_fixture_does_not_build!();
