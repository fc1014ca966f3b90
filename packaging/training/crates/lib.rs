//! Reads, checks and writes records of fixed and variable length.
//!
//! ```
//! use CRATE::{Error, Limits, Record};
//!
//! # fn main() -> Result<(), Error> {
//! let record = Record::parse("one=1;two=2", Limits::default())?;
//! assert_eq!(record.get("two"), Some("2"));
//! # Ok(())
//! # }
//! ```
//!
//! | feature | effect |
//! |---|---|
//! | `std` | implements the traits of the standard library; on by default |
//! | `alloc` | owned records without the standard library |
//! | `trace` | writes a line for each record that is refused |
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs, rust_2018_idioms)]
#![warn(clippy::all)]
#![doc(html_root_url = "https://docs.rs/CRATE/1.0.0")]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "std")]
use std::{borrow::Cow, collections::BTreeMap, error, fmt, str::FromStr};

/// The limits of a record.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// The maximum number of fields.
    pub fields: usize,
    /// The maximum length of a field in bytes.
    pub length: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { fields: 64, length: 4 * 1024 }
    }
}

/// The reasons for which a record is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Error {
    /// A field without a name.
    NoName { at: usize },
    /// More fields than allowed.
    TooMany(usize),
    /// A field that is longer than allowed.
    TooLong { name: String, length: usize },
    /// A value of another form.
    Form(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoName { at } => write!(f, "expected a name at byte {at}, found none"),
            Error::TooMany(count) => write!(f, "expected fewer fields than {}", count),
            Error::TooLong { name, length } => write!(f, "`{}` has {length:>6} bytes", name),
            Error::Form(text) => write!(f, "cannot read {:?}", text),
        }
    }
}

#[cfg(feature = "std")]
impl error::Error for Error {}

/// A record with its fields in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct Record<'a> {
    fields: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
}

impl<'a> Record<'a> {
    /// Reads a record.
    ///
    /// # Errors
    ///
    /// Returns the first reason for which the text is refused.
    pub fn parse(text: &'a str, limits: Limits) -> Result<Self, Error> {
        let mut fields = BTreeMap::new();
        let mut at = 0;
        for field in text.split(';').filter(|f| !f.is_empty()) {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            if name.trim().is_empty() {
                return Err(Error::NoName { at });
            }
            if value.len() > limits.length {
                return Err(Error::TooLong { name: name.to_owned(), length: value.len() });
            }
            fields.insert(Cow::Borrowed(name.trim()), Cow::Borrowed(value));
            if fields.len() > limits.fields {
                return Err(Error::TooMany(fields.len()));
            }
            at += field.len() + 1;
        }
        Ok(Record { fields })
    }

    /// Returns the value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(AsRef::as_ref)
    }

    /// Iterates over names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> + '_ {
        self.fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }
}

impl FromStr for Limits {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || Error::Form(text.into());
        let (fields, length) = text.split_once('x').ok_or_else(bad)?;
        Ok(Limits {
            fields: fields.parse().map_err(|_| bad())?,
            length: length.parse().map_err(|_| bad())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields() {
        let record = Record::parse("a=1;b=2;;c", Limits::default()).unwrap();
        assert_eq!(record.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2"), ("c", "")]);
    }

    #[test]
    #[should_panic(expected = "TooMany")]
    fn refuses_too_many() {
        Record::parse("a=1;b=2", Limits { fields: 1, ..Limits::default() }).unwrap();
    }
}
