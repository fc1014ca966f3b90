// Synthetic, inert fixture written from public reports; see README
//! Spending policies.
#![forbid(unsafe_code)]

use std::fmt::{self, Write};
use thiserror::Error;

/// An extended public key with its origin, as wallets export it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    fingerprint: [u8; 4],
    path: String,
    xpub: String,
}

/// A branch that is open after some blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub blocks: u16,
    pub need: usize,
    pub keys: Vec<Key>,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    need: usize,
    keys: Vec<Key>,
    late: Vec<Late>,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum Error {
    #[error("{0:?} is no key with an origin")]
    Key(String),
    #[error("{need} of {keys} keys cannot be")]
    Count { need: usize, keys: usize },
    #[error("a key is there twice")]
    Twice,
    #[error("late branches need more blocks each, and at least 144")]
    Delay,
}

impl std::str::FromStr for Key {
    type Err = Error;

    /// Reads `[d34db33f/48h/0h/0h/2h]xpub...`.
    fn from_str(text: &str) -> Result<Key, Error> {
        let bad = || Error::Key(text.to_string());
        let (origin, xpub) = text.strip_prefix('[').and_then(|t| t.split_once(']')).ok_or_else(bad)?;
        let (print, path) = origin.split_once('/').ok_or_else(bad)?;
        let mut fingerprint = [0; 4];
        hex::decode_to_slice(print, &mut fingerprint).map_err(|_| bad())?;
        let good = |p: &str| p.trim_end_matches(['h', '\'']).parse::<u32>().is_ok();
        if !path.split('/').all(good) || !(xpub.starts_with("xpub") || xpub.starts_with("tpub")) {
            return Err(bad());
        }
        Ok(Key { fingerprint, path: path.replace('\'', "h"), xpub: xpub.to_string() })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}/{}]{}/<0;1>/*", hex::encode(self.fingerprint), self.path, self.xpub)
    }
}

fn counted(need: usize, keys: &[Key]) -> Result<(), Error> {
    if need == 0 || need > keys.len() || keys.len() > 16 {
        return Err(Error::Count { need, keys: keys.len() });
    }
    Ok(())
}

fn multi(need: usize, keys: &[Key], wrap: &str) -> String {
    let list: Vec<String> = keys.iter().map(Key::to_string).collect();
    format!("{wrap}multi({need},{})", list.join(","))
}

impl Policy {
    pub fn new(need: usize, keys: Vec<Key>) -> Result<Policy, Error> {
        counted(need, &keys)?;
        Policy { need, keys, late: Vec::new() }.distinct()
    }

    /// Adds a branch that opens later than all before it.
    pub fn late(mut self, blocks: u16, need: usize, keys: Vec<Key>) -> Result<Policy, Error> {
        counted(need, &keys)?;
        if blocks < 144 || self.late.last().map_or(false, |l| l.blocks >= blocks) {
            return Err(Error::Delay);
        }
        self.late.push(Late { blocks, need, keys });
        self.distinct()
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().chain(self.late.iter().flat_map(|l| &l.keys))
    }

    fn distinct(self) -> Result<Policy, Error> {
        let mut keys: Vec<&Key> = self.all().collect();
        keys.sort();
        if keys.windows(2).any(|w| w[0] == w[1]) {
            return Err(Error::Twice);
        }
        Ok(self)
    }

    /// The descriptor, without a checksum.
    pub fn descriptor(&self) -> String {
        let mut script = None;
        for late in self.late.iter().rev() {
            let branch = format!("and_v({},older({}))", multi(late.need, &late.keys, "v:"), late.blocks);
            script = Some(match script {
                None => branch,
                Some(later) => format!("or_i({branch},{later})"),
            });
        }
        let first = multi(self.need, &self.keys, "");
        match script {
            None => format!("wsh({first})"),
            Some(later) => format!("wsh(or_d({first},{later}))"),
        }
    }

    /// Every branch in words.
    pub fn explain(&self) -> String {
        let names = |keys: &[Key]| keys.iter().map(|k| hex::encode(k.fingerprint)).collect::<Vec<_>>().join(", ");
        let mut text = format!("now: {} of {}\n", self.need, names(&self.keys));
        for l in &self.late {
            let days = f64::from(l.blocks) / 144.0;
            let _ = writeln!(text, "after about {days:.0} days: {} of {}", l.need, names(&l.keys));
        }
        text
    }
}

inert_fixture_does_not_build!();
